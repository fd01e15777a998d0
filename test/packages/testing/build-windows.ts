import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSecretKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { buildPackages } from '../../../packaging/build/build-packages.ts';
import { windowsModules } from '../../../scripts/windows/cache.mjs';
import { NEXT_VERSION } from './next-version.ts';
import { TEST_KEY } from './test-key.ts';

// `node build-windows.ts FOLDER`: the agent's archives for Windows of this version and the next, signed with TEST_KEY.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [out = ''] = process.argv.slice(2);
const installed = { 'win-x64': join(await windowsModules(root), 'node_modules') };
for (const [version, folder] of [
  [VERSION, 'now'],
  [NEXT_VERSION, 'next'],
] as const) {
  const wanted = {
    ...({ version, out: join(out, folder), installed, targets: ['win-x64'], folders: [] } as const),
    forms: { agent: ['archive'], server: [] },
    ...{ key: readSecretKey(TEST_KEY.secret), quick: true },
  } as const;
  await buildPackages(root, wanted, () => {});
}
