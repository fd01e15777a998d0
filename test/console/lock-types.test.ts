import {
  canStayOpen,
  cardTypeOf,
  isLockType,
  LOCK_TYPES as KNOWN,
  wantsHolder,
} from '@keyrack/console/lock/lock-types.ts';
import * as server from '@keyrack/server/domain/lock-type.ts';
import { expect, test } from 'vitest';

test('the console knows the lock types of the server, and no other', () => {
  expect(KNOWN).toEqual(server.LOCK_TYPES);
  expect(server.LOCK_TYPES.every(isLockType)).toBe(true);
  expect(isLockType('toString')).toBe(false);
});

test.each(server.LOCK_TYPES)('the console says of %s what the server does', (lockType) => {
  expect(cardTypeOf(lockType)).toBe(server.cardTypeOf(lockType));
  expect(canStayOpen(lockType)).toBe(server.canStayOpen(lockType));
  for (const gateway of [false, true])
    expect(wantsHolder({ type: lockType, gateway })).toBe(server.wantsHolder({ lockType, gateway }));
});
