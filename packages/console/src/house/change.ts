import type { LockType } from '../lock/lock-types.ts';
import type { Room } from './places.ts';

/** What can be edited in a room's row. */
export type Change =
  | { readonly field: 'number' | 'name'; readonly value: string }
  | { readonly field: 'lockType'; readonly value: LockType }
  | { readonly field: 'gateway'; readonly value: boolean }
  | { readonly field: 'keyVersion'; readonly value: number };
export type Field = Change['field'];
export type Value = string | boolean | number | null;

export function valueIn(room: Room, field: Field): Value {
  switch (field) {
    case 'number':
    case 'name':
      return room[field];
    case 'lockType':
      return room.lock.type;
    default:
      return room.lock[field];
  }
}

/** The change as `changeRoom` takes it. */
export function bodyOf(change: Change): {
  number?: string;
  name?: string;
  lock?: { type?: LockType; gateway?: boolean; keyVersion?: number };
} {
  switch (change.field) {
    case 'number':
      return { number: change.value };
    case 'name':
      return { name: change.value };
    case 'lockType':
      return { lock: { type: change.value } };
    case 'gateway':
      return { lock: { gateway: change.value } };
    case 'keyVersion':
      return { lock: { keyVersion: change.value } };
  }
}
