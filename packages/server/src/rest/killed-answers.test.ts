import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from '../store/testing/scratch-folder.ts';
import { INN, restWorld } from '../testing/rest-world.ts';

it('a server that is killed between commit and answer tells a repeat what it did, and does it once', async () => {
  const folder = scratchFolder();
  const program = fileURLToPath(new URL('../testing/server-killed-after-commit.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ownerKey = readFileSync(join(folder, 'owner-key'), 'utf8').trim();
  const request = { name: 'Killed', scopes: ['cards'], properties: 'all' };
  const headers = { 'idempotency-key': 'killed' };
  const sent = fetch(`${url}/v1/api-keys`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${ownerKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  await expect(sent).rejects.toThrow();
  expect(await ended).toEqual([null, 'SIGKILL']);

  const { send } = await restWorld({}, { folder, properties: [INN] });
  const repeat = () => send('/v1/api-keys', { method: 'POST', json: request, headers });
  const first = await repeat();
  expect(first).toMatchObject({ status: 201, body: { name: 'Killed', token: expect.stringMatching(/^kr_/) } });
  expect((await repeat()).body).toEqual(first.body);
  const { data } = (await send('/v1/api-keys')).body;
  expect(data.filter(({ name }: { name: string }) => name === 'Killed')).toHaveLength(1);
  expect((await send('/v1/properties', { key: first.body.token })).status).toBe(200);
});
