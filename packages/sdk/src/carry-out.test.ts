import { describe, expect, test } from 'vitest';
import { createKeyrack, isOperationFailed, isOperationOpen, type Operation } from './index.ts';
import { BREAKS_OFF, type Scripted, scriptedServer } from './testing/scripted-server.ts';

const READ = { property: '1001', kind: 'read', encoder: 1 } as const;

const told = (facts: Partial<Operation>): Scripted => ({
  status: facts.endedAt ? 200 : 202,
  json: { id: 'op', kind: 'read', state: 'accepted', cause: null, explanation: null, endedAt: null, ...facts },
});
const OPEN = told({});
const ended = (state: Operation['state'], facts: Partial<Operation> = {}) =>
  told({ state, endedAt: '2026-11-30T08:15:00.000Z', ...facts });

async function client(...script: Scripted[]) {
  const { url, heard } = await scriptedServer(...script);
  return { keyrack: createKeyrack({ url, key: 'k' }), heard };
}
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

test('what is asked for is waited for to its end, also through answers that get lost', async () => {
  const { keyrack, heard } = await client(BREAKS_OFF, OPEN, BREAKS_OFF, OPEN, ended('succeeded', { serial: '04AA' }));
  const operation = await keyrack.carryOut(READ, { idempotencyKey: 'mine' });
  expect(operation).toMatchObject({ state: 'succeeded', serial: '04AA' });
  const path = '/v1/properties/1001/operations';
  expect(heard.map(({ method, path: at, headers }) => [method, at, headers['idempotency-key']])).toEqual([
    ['POST', path, 'mine'],
    ['POST', path, 'mine'],
    ['GET', `${path}/op`, undefined],
    ['GET', `${path}/op`, undefined],
    ['GET', `${path}/op`, undefined],
  ]);
  expect(new Set(heard.map(({ headers }) => headers.prefer))).toEqual(new Set(['wait=20']));
});

test('one that was asked for before is waited for by its id', async () => {
  const { keyrack, heard } = await client(OPEN, ended('succeeded'));
  await keyrack.waitForOperation({ property: '1001', operation: 'op' });
  expect(heard.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

describe('an end without success is a failure with its cause', () => {
  test.each(['rejected', 'expired', 'damaged', 'withdrawn', 'written-off'] as const)('%s', async (state) => {
    const { keyrack } = await client(ended(state, { cause: 'no-card', explanation: 'No card; send again.' }));
    const error = await failure(keyrack.carryOut(READ));
    expect(error).toMatchObject({ name: 'OperationFailed', state, cause: 'no-card', message: 'No card; send again.' });
    expect([isOperationFailed(error), isOperationFailed(error, 'no-card', 'declined')]).toEqual([true, true]);
    expect([isOperationFailed(error, 'declined'), isOperationOpen(error)]).toEqual([false, false]);
  });
});

test.each(['accepted', 'granted', 'unknown'] as const)(
  'what is %s when the time is over is open, and no failure',
  async (state) => {
    const { keyrack, heard } = await client(told({ state }));
    const error = await failure(keyrack.carryOut(READ, { limitMs: 600 }));
    expect(isOperationOpen(error) && error.operation).toMatchObject({ id: 'op', state });
    expect(isOperationFailed(error)).toBe(false);
    expect(heard[0]?.headers.prefer).toBe('wait=1');
    expect(heard.length, 'a server that answers at once is not asked all the time').toBeLessThan(4);
  },
);
