import { once } from 'node:events';
import { stderr, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandFailure } from './exit.ts';
import type { Person, Screen, Terminal } from './terminal.ts';

/** What of the terminal this process has. Questions and progress go to standard error: only the answer is on standard output. */
export function processTerminal(
  env: Terminal['env'],
): Pick<Terminal, 'screen' | 'person' | 'progress' | 'input' | 'written'> {
  return {
    screen: stdout.isTTY ? screenOf(env) : undefined,
    person: stdin.isTTY && stderr.isTTY ? person : undefined,
    progress: stderr.isTTY ? (text) => void stderr.write(`\r\x1b[2K${text}`) : undefined,
    input: () => text(stdin),
    written: async () => {
      if (stdout.writableNeedDrain) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
    },
  };
}

function screenOf(env: Terminal['env']): Screen {
  // https://no-color.org
  const colours = !env.NO_COLOR && env.TERM !== 'dumb';
  return { columns: stdout.columns || 80, colours };
}

const person: Person = {
  ask: (question) => readLine(question, stderr),
  async askHidden(question) {
    stderr.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const line = await readLine('', nowhere);
    stderr.write('\n');
    return line;
  },
};

async function readLine(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: stdin, output, terminal: true });
  const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
  // Ctrl-C, and Ctrl-D on an empty line.
  lines.once('SIGINT', () => lines.close());
  lines.once('close', () => giveUp(new CommandFailure('Nothing was done.')));
  try {
    return await Promise.race([lines.question(question), given]);
  } finally {
    given.catch(() => {});
    lines.close();
  }
}
