import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from '../../world/scratch.ts';

/** The files of this repository that a checkout has, as far as commands of documents need them. */
const CHECKOUT = [
  'package.json',
  'package-lock.json',
  'node_modules',
  'packages',
  'packaging',
  'scripts',
  'docs',
  'examples',
];

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * A computer on which commands of documents run, in order and in one shell: a fresh folder stands for its root. What
 * would change the real computer is left out of a command: the user who runs it, and the owner of what it makes.
 */
export interface Stage {
  /** The folder that stands for `/`. */
  readonly root: string;
  /** What stands in the place of words such as NUMBER, and of addresses. Longer ones first. */
  readonly words: Map<string, string>;
  readonly env: Record<string, string>;
  /** The command as it is run. */
  staged(command: string): string;
  /** Where `cd` has led to. */
  folder(): string;
  /** Runs a command to its end, at most for a minute. */
  run(command: string): Promise<Printed>;
  /** Begins a command and resolves when it has said that; it goes on. */
  begin(command: string, says: string): Promise<string>;
  /** Begins what a systemd unit of the stage says, in the place of systemd. */
  beginUnit(name: string, says: string): Promise<string>;
  /** Everything that has been begun and not ended is ended as Ctrl-C and systemd do it. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a folder that looks like a checkout, since a real one would not hold what isn't committed. */
export function checkoutIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const repository = fileURLToPath(new URL('../../../', import.meta.url));
  for (const name of CHECKOUT) symlinkSync(join(repository, name), join(folder, name));
}

/** Puts a `keyrack` there that runs these sources, as packages put theirs onto the path. */
function keyrackIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'keyrack');
  const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

export function openStage(env: Readonly<Record<string, string>> = {}): Stage {
  const { path: root, remove } = scratchFolder();
  const running = new Set<{ child: ChildProcess; ended: Promise<unknown> }>();
  let cwd = root;

  const stage: Stage = {
    root,
    words: new Map(),
    env: {
      PATH: `${keyrackIn(join(root, 'usr/bin'))}:${process.env.PATH ?? ''}`,
      HOME: root,
      // npx is asked for what is here alone.
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...env,
    },
    staged(command) {
      let text = command
        .replace(/\bsudo -u \S+ /g, '')
        .replace(/ -o \S+ -g \S+/g, '')
        .replace(/(^|[\s=>"'])\/(opt|etc|var|root)\//g, `$1${root}/$2/`);
      for (const [word, value] of stage.words) text = text.replaceAll(word, value);
      return text;
    },
    folder: () => cwd,
    async run(command) {
      const place = join(root, '.folder');
      const child = start(['-c', `${stage.staged(command)}\nstatus=$?; printf %s "$PWD" > '${place}'; exit $status`]);
      const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
      const printed = await printedBy(child);
      clearTimeout(late);
      if (printed.code === 0) cwd = readFileSync(place, 'utf8');
      return printed;
    },
    begin: (command, says) =>
      going(start(['-c', `exec ${stage.staged(command).replace(/^((?:[A-Z_]+=\S+ )+)/, 'env $1')}`]), says),
    async beginUnit(name, says) {
      const unit = readFileSync(join(root, 'etc/systemd/system', `${name}.service`), 'utf8');
      const setting = (key: string) =>
        Array.from(unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm')), ([, value = '']) =>
          stage.staged(value.replace(/^-/, '')),
        );
      const files = setting('EnvironmentFile').map((file) => readFileSync(file, 'utf8').trim());
      const [execStart = ''] = setting('ExecStart');
      const settings = [...setting('Environment'), ...files.flatMap((text) => text.split('\n'))].filter(Boolean);
      cwd = setting('WorkingDirectory')[0] ?? cwd;
      return going(start(['-c', `exec env ${settings.join(' ')} ${execStart}`]), says);
    },
    async end() {
      for (const { child, ended } of [...running].reverse()) {
        // The group of its own: npx doesn't hand on every signal.
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        await ended;
      }
    },
    async close() {
      await stage.end();
      remove();
    },
  };

  function start(args: readonly string[]): ChildProcess {
    return spawn('bash', args, { cwd, env: stage.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  }

  async function printedBy(child: ChildProcess): Promise<Printed> {
    const texts = { out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      texts.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      texts.err += text;
    });
    const [code] = await once(child, 'close');
    return { code: code ?? -1, ...texts };
  }

  async function going(child: ChildProcess, says: string): Promise<string> {
    const ended = printedBy(child);
    const entry = { child, ended };
    running.add(entry);
    void ended.then(() => running.delete(entry));
    let out = '';
    while (!out.includes(says)) {
      const text = await Promise.race([
        once(child.stdout as NodeJS.ReadableStream, 'data').then(([chunk]) => String(chunk)),
        ended,
      ]);
      if (typeof text !== 'string') throw new Error(`it ended without saying "${says}":\n${text.out}${text.err}`);
      out += text;
    }
    return out;
  }

  return stage;
}

/** What becomes of a command of a document. */
export type Step =
  /** It is run to its end, with one of these exit codes. */
  | {
      readonly does: 'runs';
      readonly codes: readonly number[];
      readonly check: (printed: Printed) => void | Promise<void>;
    }
  /** It is begun, says that, and goes on until the stage ends. */
  | { readonly does: 'goes on'; readonly says: string; readonly check: (said: string) => void | Promise<void> }
  /** It isn't run, for that reason; the test does something else in its place. */
  | { readonly does: 'nothing'; readonly why: string; readonly instead: () => void | Promise<void> };

export type Plan = readonly (readonly [command: string, step: Step])[];

export function runs(check: (printed: Printed) => void | Promise<void> = () => {}, codes = [0]): Step {
  return { does: 'runs', codes, check };
}

export function goesOn(says: string, check: (said: string) => void | Promise<void> = () => {}): Step {
  return { does: 'goes on', says, check };
}

export function notRun(why: string, instead: () => void | Promise<void> = () => {}): Step {
  return { does: 'nothing', why, instead };
}

/** Carries a plan out, in order. An error names the command. */
export async function carryOut(stage: Stage, plan: Plan): Promise<void> {
  for (const [command, step] of plan) {
    try {
      switch (step.does) {
        case 'runs': {
          const printed = await stage.run(command);
          if (!step.codes.includes(printed.code))
            throw new Error(`it ended with ${printed.code}:\n${printed.out}${printed.err}`);
          await step.check(printed);
          break;
        }
        case 'goes on':
          await step.check(await stage.begin(command, step.says));
          break;
        case 'nothing':
          await step.instead();
      }
    } catch (error) {
      throw new Error(`\`${command}\`, run as \`${stage.staged(command)}\`: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

/** A file of the stage, by its path on the computer that it stands for. */
export function writeOn(stage: Stage, file: string, text: string): void {
  writeFileSync(join(stage.root, file), text, { mode: 0o600 });
}
