import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from '../store/testing/scratch-folder.ts';
import { exampleRequests } from '../testing/example-requests.ts';
import { EXAMPLE_SETTINGS } from '../testing/rest-examples.ts';
import { type RestWorld, restWorld } from '../testing/rest-world.ts';
import { ENDPOINTS } from './endpoints.ts';
import { DONE_EACH_TIME, GOES_ON } from './testing/repeated-posts.ts';

/** POSTs whose example doesn't outlast a restart. */
const ENDED_BY_A_RESTART: Readonly<Record<string, string>> = {
  createSandboxCard: 'its front desk is connected to the server that was',
  createPasskey: 'a server that starts takes none that was made by what another one asked',
  withdrawCopySet: 'a server that starts withdraws the copies that are left',
};
const POSTS = ENDPOINTS.filter(
  ({ id, method }) => method === 'POST' && !(id in DONE_EACH_TIME || id in ENDED_BY_A_RESTART),
).map(({ id }) => id);

const program = fileURLToPath(new URL('../testing/server-killed-after-commit.ts', import.meta.url));
const countOf = (world: RestWorld) => world.rows('audit').filter(({ details }) => 'by' in JSON.parse(details)).length;

it('a server that is killed between commit and answer tells a repeat what it did, and does it once: every POST', async () => {
  const folder = scratchFolder();
  const first = await restWorld({}, { folder, settings: EXAMPLE_SETTINGS });
  const requestOf = exampleRequests(() => first);
  const requests = [];
  for (const id of POSTS) {
    const { path, sent } = await requestOf(id);
    requests.push({ id, path, sent: { ...sent, headers: { 'idempotency-key': `killed-${id}` } } });
  }
  await first.server.stop();

  const child = spawn(process.execPath, [program, folder, String(POSTS.length)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const lost = requests.map(({ path, sent: { method = 'GET', key = first.ownerKey, json, headers } }) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${key}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    }).then(
      async (response) => `${response.status} ${await response.text()}`,
      () => 'no answer',
    ),
  );
  const answers = await Promise.all(lost);
  expect(requests.map(({ id }, at) => `${id}: ${answers[at]}`)).toEqual(POSTS.map((id) => `${id}: no answer`));
  expect(await ended).toEqual([null, 'SIGKILL']);

  const second = await restWorld({}, { folder, settings: EXAMPLE_SETTINGS, properties: [] });
  const done = countOf(second);
  const kept = second.rows('idempotencyKeys').map(({ key }) => key);
  expect(kept.toSorted()).toEqual(POSTS.map((id) => `killed-${id}`).toSorted());
  for (const { id, path, sent } of requests) {
    const told = async () => {
      const { status, body } = await second.send(path, sent);
      return { id, status, body: GOES_ON.includes(id) ? body.id : body };
    };
    const answer = await told();
    expect(answer, JSON.stringify(answer)).toMatchObject({ status: expect.toSatisfy((status) => status < 300) });
    expect(await told()).toEqual(answer);
  }
  expect(countOf(second)).toBe(done);
});
