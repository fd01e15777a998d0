import { expect, it } from 'vitest';
import { REPEATS } from '../../domain/limits.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import type { Rows } from '../../store/row-types.ts';
import type { Tx } from '../../store/store.ts';
import { forgetRepeats, keepFirst, type Once } from './run-once.ts';

const put = (tx: Tx, { value }: { readonly value: string }) => {
  const before = tx.get('facts', 'count')?.value ?? '0';
  tx.put('facts', { name: 'count', value: String(Number(before) + 1) });
  return { value, changed: [] };
};
const look = (tx: Tx) => tx.get('facts', 'count')?.value ?? null;
const refuse = (tx: Tx) => {
  tx.put('facts', { name: 'refusals', value: 'on record' });
  return { verdict: 'refused' };
};
const count = (tx: Tx) => {
  put(tx, { value: '' });
  return { changed: 3 };
};
const fail = (tx: Tx) => {
  tx.put('facts', { name: 'count', value: 'half' });
  throw new Error('a fault');
};

function open() {
  const others = { put, look, fail, refuse, count };
  type Wanted = Once & {
    readonly credential: string;
    readonly name: keyof typeof others;
    readonly input: { value: string };
  };
  const runOnce = (tx: Tx, { credential, name, input, ...once }: Wanted) =>
    keepFirst(tx, credential, once, (tx) => others[name](tx, input) ?? null);
  const rows = (tx: Tx): Rows['idempotencyKeys'][] => tx.find('idempotencyKeys', 'key', [], { limit: 100 });
  const store = createMemoryStore({ ...others, rows, forgetRepeats, runOnce });
  const once = (facts: Partial<Wanted> = {}) =>
    store.run('runOnce', {
      credential: 'c',
      key: 'k',
      request: 'r',
      sealedSecret: null,
      now: 1_000,
      name: 'put',
      input: { value: 'first' },
      ...facts,
    });
  return {
    once,
    look: () => store.run('look', undefined),
    rows: () => store.run('rows', undefined),
    forget: (now: number) => store.run('forgetRepeats', { now }),
  };
}

it('a repeat runs nothing, and is told what the first returned', async () => {
  const { once, look } = open();
  expect(await once()).toEqual({ verdict: 'first', result: { value: 'first', changed: [] }, changed: [] });
  expect(await once({ input: { value: 'second' } })).toEqual({
    verdict: 'repeat',
    result: { value: 'first', changed: [] },
    sealedSecret: null,
  });
  expect(await look()).toBe('1');
});

it('a repeat is told how many the first one changed, and publishes nothing that it changed', async () => {
  const { once } = open();
  await once({ name: 'count' });
  expect(await once({ name: 'count' })).toMatchObject({ verdict: 'repeat', result: { changed: 3 } });
});

it('keys are those of their credential, and of one request', async () => {
  const { once, look } = open();
  await once();
  expect(await once({ request: 'another' })).toEqual({ verdict: 'other-request' });
  expect(await once({ credential: 'another' })).toMatchObject({ verdict: 'first' });
  expect(await once({ key: 'another' })).toMatchObject({ verdict: 'first' });
  expect(await look()).toBe('3');
});

it('what changed nothing, failed or was refused is tried anew', async () => {
  const { once, look, rows } = open();
  expect(await once({ name: 'look' })).toMatchObject({ verdict: 'first', result: null });
  await expect(once({ name: 'fail' })).rejects.toThrow('a fault');
  expect(await once({ name: 'refuse' })).toMatchObject({ verdict: 'first', result: { verdict: 'refused' } });
  expect(await rows()).toEqual([]);
  expect(await once()).toMatchObject({ verdict: 'first' });
  expect(await look()).toBe('1');
});

it('a secret is told for ten minutes, and forgotten then; the rest for a day', async () => {
  const { once, rows, forget, look } = open();
  await once({ sealedSecret: 'sealed' });
  expect(await once({ now: 1_000 + REPEATS.secretMs - 1 })).toMatchObject({ sealedSecret: 'sealed' });
  expect(await forget(1_000 + REPEATS.secretMs)).toBe(true);
  expect(await once({ now: 1_000 + REPEATS.secretMs })).toMatchObject({ verdict: 'repeat', sealedSecret: null });
  expect(await forget(1_001 + REPEATS.secretMs)).toBe(false);
  expect(await rows()).toMatchObject([{ hasSecret: false, sealedSecret: null }]);
  expect(await once({ now: 1_000 + REPEATS.keptMs - 1 })).toMatchObject({ verdict: 'repeat' });
  expect(await look()).toBe('1');
  expect(await once({ now: 1_000 + REPEATS.keptMs, request: 'another' })).toMatchObject({ verdict: 'first' });
  await forget(2_001 + 2 * REPEATS.keptMs);
  expect(await rows()).toEqual([]);
});

it('holds while the clock was set back', async () => {
  const { once, look } = open();
  await once({ now: 10 * REPEATS.keptMs, sealedSecret: 'sealed' });
  expect(await once({ now: 1_000 })).toMatchObject({ verdict: 'repeat', sealedSecret: null });
  expect(await look()).toBe('1');
});

it('a secret of unknown age is forgotten', async () => {
  const { once, rows, forget } = open();
  await once({ now: 10 * REPEATS.keptMs, sealedSecret: 'sealed' });
  expect(await forget(1_000)).toBe(false);
  expect(await rows()).toMatchObject([{ sealedSecret: null }]);
});
