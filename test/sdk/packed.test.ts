import { execFile } from 'node:child_process';
import { cpSync, createReadStream, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { INN, restWorldForFile } from '@keyrack/server/testing/rest-world.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { HAS_CHROMIUM, openBrowser } from '../browser/testing/chromium.ts';
import { type PackedProject, packedProject } from './testing/packed-project.ts';
import { HAS_RUNTIMES, installRuntimes, RUNTIMES } from './testing/runtimes.ts';

/** The package as it is published, in an empty project: on the runtimes that people have, and in a browser. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const world = restWorldForFile();
let project: PackedProject;

beforeAll(async () => {
  project = await packedProject();
  for (const file of ['try-sdk.mjs', 'run-try.mjs', 'use-types.ts'])
    cpSync(join(root, 'test/sdk/testing', file), join(project.folder, file));
});
afterAll(() => project?.remove());

/** What `trySdk` answers wherever it runs. */
const tried = (name: string) => ({
  etag: true,
  requestId: true,
  sameMember: true,
  members: ['艾达 2', '艾达 1'],
  refused: [true, false],
  invalid: ['name'],
  nowhere: 'connection',
  signed: [],
  wrongly: true,
  digests: ['e1a3a07e1595e17b140c4aeaf447ba09', '432c324c339f97e0c1c351893c8ec993f04df762'],
  delivered: { test: 2432232314 },
  old: true,
  aborted: 'stopped',
  name,
});

const given = (name: string, url = world().server.url) => ({ url, key: world().ownerKey, property: INN.number, name });

async function runOn(program: string, args: readonly string[], name: string): Promise<unknown> {
  const { stdout } = await run(program, [...args, 'run-try.mjs', JSON.stringify(given(name))], { cwd: project.folder });
  return { ...JSON.parse(stdout), name };
}

test('holds the client, its declarations and what it uses of the protocol, and nothing else', () => {
  expect(project.files).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'README.md', 'LICENSE']));
  expect(project.files.filter((file) => file.startsWith('protocol/'))).toEqual([
    'protocol/room-card-strings.d.ts',
    'protocol/room-card-strings.js',
  ]);
  expect(project.files.filter((file) => /test|\.mjs$|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});

test('runs on Node 24', async () => {
  expect(await runOn(process.execPath, [], 'node24')).toEqual(tried('node24'));
});

describe.skipIf(!HAS_RUNTIMES)('runs on other runtimes (packaged for Linux on x64 alone)', () => {
  let packages: string;
  beforeAll(async () => {
    packages = await installRuntimes();
  });
  test.each(RUNTIMES)('$name', async ({ name, program, args }) => {
    const short = name.replace(' ', '').toLowerCase();
    expect(await runOn(join(packages, program), args, short)).toEqual(tried(short));
  });
});

test.skipIf(!HAS_CHROMIUM)('runs in a browser (needs chromium: apt-get install chromium)', async () => {
  const url = await servePage(world().server.url, project.folder);
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  // As text: the imports of a test's own functions are rewritten.
  const asked = JSON.stringify(given('chromium', url));
  const answered = await page.evaluate(`import('/try-sdk.mjs').then(({ trySdk }) => trySdk(${asked}))`);
  expect({ ...(answered as object), name: 'chromium' }).toEqual(tried('chromium'));
});

/** A page that has the SDK by an import map, without any bundler, and hands what it asks for on to the server. */
async function servePage(server: string, folder: string): Promise<string> {
  const imports = {
    '@keyrack/sdk': '/node_modules/@keyrack/sdk/index.js',
    '@keyrack/sdk/room-card': '/node_modules/@keyrack/sdk/room-card/index.js',
    '@noble/hashes/': '/node_modules/@noble/hashes/',
  };
  const html = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>`;
  const listener = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/') return response.setHeader('content-type', 'text/html').end(html);
    if (/^\/(?:v1|Home)\//.test(path)) {
      const { method, headers } = request;
      const onward = httpRequest(`${server}${path}`, { ...(method && { method }), headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      return request.pipe(onward);
    }
    response.setHeader('content-type', 'text/javascript');
    return createReadStream(join(folder, path))
      .once('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listener.closeAllConnections();
    listener.close();
  });
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

test.each([
  ['the newest compiler, without a bundler', 'node_modules/typescript/bin/tsc', 'nodenext'],
  ['an older compiler, with a bundler', 'packages/sdk/node_modules/typescript/bin/tsc', 'bundler'],
])('its declarations say to a user what is right: %s', async (_, compiler, moduleResolution) => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, target: 'es2022' },
    ...{ lib: ['es2022', 'dom'], types: [], module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext' },
    moduleResolution,
  };
  const config = join(project.folder, `tsconfig.${moduleResolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ['use-types.ts'] }));
  const { stdout } = await run(process.execPath, [join(root, compiler), '-p', config]).catch((error) => error);
  expect(stdout).toBe('');
});
