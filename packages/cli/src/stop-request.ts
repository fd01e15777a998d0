import { watch } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isFolderLocked, removeFile } from '@keyrack/agent';

/**
 * A file in the data folder that asks its agent to end. Windows has no signal for that: a process without a window is
 * ended at once there, in the middle of writing a card too. Who may write into the folder may do anything to the agent.
 */
const STOP_FILE = 'stop';

/**
 * Resolves once the agent of a folder is asked to end, from now on: a request that is there already was meant for an agent
 * before. Keeps no process alive.
 */
export async function untilStopRequested(folder: string): Promise<void> {
  const file = join(folder, STOP_FILE);
  await removeFile(file);
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, { persistent: false }, () => {
    access(file).then(resolve, () => {});
  });
  watcher.on('error', () => watcher.close());
  await promise;
  watcher.close();
  await removeFile(file);
}

/** Between two looks whether it has ended. Milliseconds. */
const LOOK_MS = 200;

/**
 * Asks the agent of a folder to end, and waits for that. False where it goes on for longer. One that starts just now takes
 * an earlier request for another's, so it is asked again at every look.
 */
export async function stopAgentIn(folder: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (await isFolderLocked(folder)) {
    if (performance.now() > until) return false;
    await writeFile(join(folder, STOP_FILE), '');
    await setTimeout(LOOK_MS);
  }
  return true;
}

/** Waits for an agent to run in a folder. False where none does for longer. */
export async function awaitAgentIn(folder: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (!(await isFolderLocked(folder))) {
    if (performance.now() > until) return false;
    await setTimeout(LOOK_MS);
  }
  return true;
}
