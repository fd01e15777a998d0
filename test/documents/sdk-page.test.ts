import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preparedCard } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { expect, onTestFinished, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { scratchFolder } from '../world/scratch.ts';
import { blocksOf, readDocument } from './testing/document.ts';

/**
 * The code of docs/sdk.md as one program: it compiles, and runs against a server with a front desk of simulated encoders. That of
 * the package's README compiles.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const world = propertyForEachTest({ cardWaitSeconds: 4, answerWaitSeconds: 6 });
const run = promisify(execFile);
const NEW = serialOf('8F42E9D3');

test('the code of docs/sdk.md compiles and does what it says', async () => {
  const desk = await world.openWithoutCard();
  desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
  const key = drawToken();
  await world.property.put(
    apiKeyRow(key, { scopes: ['admin', 'cards'], properties: [world.template.hotel.property.id] }),
  );

  const { path: folder, remove } = scratchFolder();
  onTestFinished(remove);
  mkdirSync(join(folder, 'node_modules/@keyrack'), { recursive: true });
  symlinkSync(join(root, 'packages/sdk'), join(folder, 'node_modules/@keyrack/sdk'));
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const blocks = blocksOf(readDocument('docs/sdk.md')).filter(({ language }) => language === 'ts');
  expect(blocks.length).toBeGreaterThan(6);
  writeFileSync(join(folder, 'page.ts'), blocks.map(({ text }) => text).join('\n'));
  const [readme] = blocksOf(readDocument('packages/sdk/README.md'));
  writeFileSync(join(folder, 'readme.ts'), readme?.text ?? '');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { noUnusedLocals: false, lib: ['esnext', 'dom', 'dom.iterable'] },
      files: ['page.ts', 'readme.ts'],
      include: [],
    }),
  );

  const compiled = await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch(
    (error) => error,
  );
  expect(compiled.stdout).toBe('');
  const env = {
    ...process.env,
    KEYRACK_URL: world.property.url,
    KEYRACK_KEY: key,
    ACCOUNT_SID: PUBLISHED.accountSid,
    AUTH_TOKEN: PUBLISHED.authToken,
  };
  const { stdout } = await run(process.execPath, ['page.ts'], { cwd: folder, env });
  expect(stdout).toContain(`issued ${NEW}`);
  expect(stdout).toContain('operation.succeeded');
  expect(stdout).toContain('refused 400');
  expect(stdout).toContain(`encoder ${PUBLISHED.encoder}`);
  expect(stdout).toContain('not cancelled: 4011');
});
