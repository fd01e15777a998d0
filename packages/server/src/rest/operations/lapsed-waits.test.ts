import { expect, it } from 'vitest';
import { drawToken } from '../../runtime/draw-token.ts';
import { putEncoder, putOperation } from '../../testing/rest-operations.ts';
import { apiKeyRow, OTHER, restWorldForFile } from '../../testing/rest-world.ts';

/** Whoever may no longer see an operation when their wait for it is over is told nothing of it. */

let onWait: () => void = () => {};
const world = restWorldForFile({
  wrapStore: (store) => ({
    ...store,
    read: async (name, input) => {
      const result = await store.read(name, input);
      if (name === 'operationDetail') onWait();
      return result;
    },
  }),
});

it.each([
  ['has expired', { expiresAt: 1 }, 401],
  ['was revoked', { revokedAt: 1 }, 401],
  ['acts for another property', { properties: [OTHER.id] }, 404],
  ['may see no operations', { scopes: ['webhooks'] as const }, 404],
  ['is as it was', {}, 200],
])('a key that %s meanwhile', async (_, facts, status) => {
  const token = drawToken();
  await putEncoder(world());
  await world().put(apiKeyRow(token));
  const { id } = await putOperation(world(), 'accepted');
  const path = `/v1/properties/1001/operations/${id}`;
  const asked = Promise.withResolvers<void>();
  onWait = asked.resolve;
  const waiting = world().send(path, { key: token, headers: { prefer: 'wait=60' } });
  await asked.promise;
  await world().put(apiKeyRow(token, facts));
  expect((await world().send(`${path}/withdraw`, { method: 'POST' })).status).toBe(200);
  const answer = await waiting;
  expect(answer.status).toBe(status);
  if (status !== 200) expect(JSON.stringify(answer.body)).not.toContain(id);
});
