import { expect, test } from 'vitest';
import { FAILURES } from '../domain/limits.ts';
import { createWrongSignatures } from './wrong-signatures.ts';

const LIMITS = { most: 3, accountsPerSource: 2, sources: 2 } as const;

function open() {
  let at = 0;
  const signatures = createWrongSignatures(() => at, LIMITS);
  return {
    wait: (ms: number) => {
      at += ms;
    },
    /** Whether each of so many was one too many. */
    add: (account: string, address: string, times: number) =>
      Array.from({ length: times }, () => signatures.add(account, address)),
  };
}

test('wrong signatures are too many by account and address, for a quarter of an hour', () => {
  const { add, wait } = open();
  expect(add('a', '192.0.2.1', 4)).toEqual([false, false, false, true]);
  expect(add('b', '192.0.2.1', 1)).toEqual([false]);
  expect(add('a', '192.0.2.2', 1)).toEqual([false]);
  wait(FAILURES.windowMs);
  expect(add('a', '192.0.2.1', 1)).toEqual([false]);
});

test('made-up accounts push out no count: beyond a few, those of one source share one', () => {
  const { add } = open();
  add('a', '192.0.2.1', 3);
  const madeUp = Array.from({ length: 100 }, (_, n) => add(`made up ${n}`, '192.0.2.1', 1)[0]);
  expect(madeUp).toEqual([false, false, false, false, ...Array<boolean>(96).fill(true)]);
  expect(add('a', '192.0.2.1', 1)).toEqual([true]);
});

test('an IPv6 network is one source', () => {
  const { add } = open();
  add('a', '2001:db8::1', 3);
  expect(add('a', '2001:db8::2', 1)).toEqual([true]);
  expect(add('a', '2001:db8:0:1::1', 1)).toEqual([false]);
});

test('of too many sources the one that was quiet for longest is forgotten', () => {
  const { add } = open();
  for (const n of [1, 2]) add('a', `192.0.2.${n}`, 3);
  add('a', '192.0.2.1', 1);
  add('a', '192.0.2.3', 1);
  expect(add('a', '192.0.2.1', 1)).toEqual([true]);
  expect(add('a', '192.0.2.2', 1)).toEqual([false]);
});
