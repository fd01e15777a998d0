import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CONSOLE_FOLDER, isStale } from '@keyrack/console/build.mjs';

/** No build takes so long: a lock that is older was left by one that was killed. Milliseconds. */
const LEFT_MS = 5 * 60_000;

/** The folder of the console, built from the sources as they are. Of tests beside each other, one builds and the others wait. */
export async function builtConsole(): Promise<string> {
  const lock = `${CONSOLE_FOLDER}.lock`;
  while (isStale()) {
    if (takes(lock)) {
      try {
        await build();
      } finally {
        rmdirSync(lock);
      }
    } else await setTimeout(200);
  }
  return CONSOLE_FOLDER;
}

function takes(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > LEFT_MS) rmdirSync(lock);
    return false;
  }
}

async function build(): Promise<void> {
  const script = fileURLToPath(import.meta.resolve('@keyrack/console/build.mjs'));
  const child = spawn(process.execPath, [script, '--if-stale'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the console could not be built:\n${told}`);
}
