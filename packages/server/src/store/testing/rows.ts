import { newMember } from '../../domain/people.ts';
import { newProperty } from '../../domain/places.ts';
import type { Rows } from '../row-types.ts';

/** Rows with every column filled in, for tests that are about one or two of them. */

export function member(change: Partial<Rows['members']> = {}): Rows['members'] {
  const given = { propertyId: 'p', id: 'm1', name: 'Ada', passwordHash: 'hash', issuingPermission: true } as const;
  return newMember({ ...given, role: 'receptionist', ...change });
}

export function auditRecord(change: Partial<Rows['audit']> = {}): Rows['audit'] {
  return {
    propertyId: 'p',
    number: 1,
    at: 1_700_000_000_000,
    action: 'operation-accepted',
    actor: 'server',
    operationId: null,
    details: '{}',
    hash: '00',
    ...change,
  };
}

export function property(change: Partial<Rows['properties']> = {}): Rows['properties'] {
  const given = { id: 'p', number: '1316879946', name: 'TestProperty', timeZone: 'Asia/Shanghai' };
  return { ...newProperty({ ...given, sealedCardKey: 'sealed' }), ...change };
}

export function operation(change: Readonly<Record<string, string | number | null>> = {}): object {
  return {
    propertyId: 'p',
    id: 'o1',
    kind: 'cancel',
    place: 1,
    accountSid: null,
    memberId: 'm1',
    cardType: 4,
    encoder: 'AABBCCDDEEFF',
    agentId: 'a1',
    serial: null,
    recordId: null,
    request: 'r',
    acceptedAt: 1_700_000_000_000,
    deadline: 1_700_000_030_000,
    held: false,
    caller: 'waiting',
    callerAt: 1_700_000_000_000,
    reading: null,
    opened: false,
    shown: null,
    state: 'accepted',
    grant: null,
    cause: null,
    settledAt: null,
    ...change,
  } satisfies Record<keyof Rows['operations'], unknown>;
}
