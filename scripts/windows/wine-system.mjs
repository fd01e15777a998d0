import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';

// What is done in mounts and processes of its own (`unshare`), to run programs of Windows in the Debian with Wine.

export const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** What is written goes to memory and is gone when this ends; `/out` there is the folder `out`. */
export function mountSystem(system, out) {
  for (const folder of ['keyrack', 'tmp', 'run']) run('mount', '-t', 'tmpfs', 'tmpfs', join(system, folder));
  run('mount', '--rbind', '/dev', join(system, 'dev'));
  run('mount', '-t', 'proc', 'proc', join(system, 'proc'));
  run('mount', '--bind', out, join(system, 'out'));
}

export const WINE_ENVIRONMENT = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  // A prefix whose session was killed has no random numbers any more, so each run makes one.
  WINEPREFIX: '/tmp/prefix',
  WINEDEBUG: '-all',
};

/**
 * Runs a program in the Debian with Wine, and returns its exit code. Streams go to files, since Node for Windows can't write
 * to Wine's pipes.
 */
export async function inSystem(system, { folder, env = {} }, ...command) {
  const stdio = ['ignore', openSync(join(system, 'out/stdout'), 'a'), openSync(join(system, 'out/stderr'), 'a')];
  const [code] = await once(startIn(system, folder, env, stdio, command), 'exit');
  return code ?? 1;
}

function startIn(system, folder, env, stdio, command) {
  const place = ['sh', '-c', 'cd "$0" && exec "$@"', folder];
  return spawn('chroot', [system, ...place, ...command], { env: { ...WINE_ENVIRONMENT, ...env }, stdio });
}

/**
 * Makes Windows' folders and registry, as Wine does it: a Windows 10. It stays up also while nothing else runs in it: else
 * each program starts all of its services anew, and is refused by those that aren't ready.
 */
export async function bootWine(system) {
  await inSystem(system, { folder: '/out' }, 'wineboot', '--init');
  // The services that were started for an empty prefix get in the way of the next ones.
  await inSystem(system, { folder: '/out' }, 'wineserver', '--wait');
  const stays = ['wine', 'cmd', '/d', '/c', 'echo up & ping -n 999999 127.0.0.1 >nul'];
  const { stdout } = startIn(system, '/out', {}, ['ignore', 'pipe', 'ignore'], stays);
  await once(stdout, 'data');
  stdout.resume();
}
