import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why descriptors can't be used up here; null where they can. */
export async function whyNoDescriptorLimit(): Promise<string | null> {
  if (process.platform !== 'linux') return 'the limit of another process can be changed on Linux alone';
  const found = await run('prlimit', ['--version']).catch(() => null);
  return found === null ? 'there is no prlimit, of util-linux' : null;
}

/**
 * From now on that process can open no more files, sockets and connections than `spare`. What it has open stays. Resolves
 * with the way back. A process that is gone is nobody's trouble.
 */
export async function limitDescriptors(pid: number, spare: number): Promise<() => Promise<void>> {
  try {
    const [, soft = ''] = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8')) ?? [];
    // The limit is one of numbers, of which the lowest free one is taken.
    const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
    let limit = 0;
    for (let left = spare; left > 0 || open.has(limit); limit += 1) if (!open.has(limit)) left -= 1;
    await setLimit(pid, `${limit}:`);
    return () => setLimit(pid, `${soft}:`);
  } catch {
    return async () => {};
  }
}

function setLimit(pid: number, limit: string): Promise<void> {
  return run('prlimit', ['--pid', String(pid), `--nofile=${limit}`]).then(
    () => {},
    () => {},
  );
}
