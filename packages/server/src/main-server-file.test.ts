import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { provesItself, readServerFile, SERVER_FILE, type ServerAddress } from './main-server-file.ts';
import { scratchFolder } from './store/testing/scratch-folder.ts';
import { restWorld } from './testing/rest-world.ts';

test('a running server says in its data folder where it is, for its user alone, and takes that away when it stops', async () => {
  const { server, folder } = await restWorld();
  const file = join(folder, SERVER_FILE);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const address = await readServerFile(folder);
  expect(address).toMatchObject({ url: server.url });
  expect(await provesItself(address as ServerAddress)).toBe(true);
  await server.stop();
  expect(existsSync(file)).toBe(false);
  expect(await readServerFile(folder)).toBeNull();
});

test('whoever listens at the port of a server that was killed is not taken for it', async () => {
  const { server, folder } = await restWorld();
  const address = (await readServerFile(folder)) as ServerAddress;
  // Another server of Keyrack, which proves itself by a secret of its own.
  const other = await restWorld();
  const stranger = await listen((_request, response) => response.end('{"proof":"0"}'));
  const silent = await listen((request) => void request.destroy());
  for (const url of [other.server.url, stranger, silent, 'http://127.0.0.1:9'])
    expect([url, await provesItself({ ...address, url })]).toEqual([url, false]);
  for (const nonce of ['', 'x', 'A'.repeat(64), '0'.repeat(65)])
    expect((await fetch(`${server.url}/proof/${nonce}`)).status).toBe(404);
});

test('what a killed server of an older version left behind is taken away, and does no harm where it stays', async () => {
  const folder = scratchFolder();
  const left = join(folder, 'operator.json');
  writeFileSync(left, JSON.stringify({ port: 9, token: 'T'.repeat(43) }));
  const { server } = await restWorld({}, { folder });
  expect(existsSync(left)).toBe(false);
  await server.stop();
  mkdirSync(join(left, 'occupied'), { recursive: true });
  const { send, lines } = await restWorld({}, { folder });
  expect((await send('/v1/properties')).status).toBe(200);
  expect(lines).toContainEqual(expect.objectContaining({ msg: expect.stringMatching(/file of an older version/) }));
});

async function listen(handle: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handle as never);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
