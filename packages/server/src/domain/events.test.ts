import { describe, expect, it } from 'vitest';
import { type AuditAction, type AuditRecord, chainAudit, INSTALLATION } from './audit.ts';
import { ENDS, EVENT_TYPE_NAMES, EVENT_TYPES, eventOf, PROJECTIONS, toldEvent } from './events.ts';

const record = (facts: Partial<AuditRecord> = {}): AuditRecord =>
  chainAudit(undefined, {
    propertyId: 'p',
    at: 1,
    action: 'property-changed',
    actor: 'owner',
    operationId: null,
    details: '{}',
    ...facts,
  });

/** What no event tells, whatever a record holds: contents of cards, credentials, addresses, guests. */
const SECRETS = {
  nonce: 'n',
  before: 'b',
  target: 't',
  from: '192.0.2.1',
  by: 'k',
  owner: 'Guest',
  mobile: '1',
  publicKey: 'x',
};

describe.each(Object.keys(PROJECTIONS) as AuditAction[])('a record of %s', (action) => {
  const details = JSON.stringify({ ...SECRETS, state: 'succeeded', name: 'N', serial: '4567' });
  const event = eventOf(record({ action, details, actor: 'agent a', operationId: 'o' }));

  it('is an event of a known type, named as Standard Webhooks wants it', () => {
    expect(EVENT_TYPE_NAMES).toContain(event.type);
    expect(event.type).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(event).toMatchObject({
      id: 'evt_p_1',
      at: 1,
      propertyId: 'p',
      number: 1,
      actor: { kind: 'agent', id: 'a' },
    });
    expect(event.data.operation).toBe('o');
  });

  it('tells the fields that its type names, and nothing else', () => {
    const { fields = [] } = EVENT_TYPES.find(({ type }) => type === event.type) ?? {};
    expect([...fields, 'operation']).toEqual(expect.arrayContaining(Object.keys(event.data)));
    for (const [name, value] of Object.entries(SECRETS)) {
      // The owner of an encoder is a front desk.
      if (name !== 'owner' || action !== 'encoder-dispute-ended')
        expect(JSON.stringify(event.data)).not.toContain(`"${value}"`);
    }
  });
});

it.each(Object.entries(ENDS))('an operation that ended as %s has a type of its own', (state, { type }) => {
  const { type: told, data } = eventOf(record({ action: 'operation-settled', details: JSON.stringify({ state }) }));
  expect([told, data]).toEqual([type, { state }]);
});

it('types are told apart, and listed by name', () => {
  expect(new Set(EVENT_TYPE_NAMES).size).toBe(EVENT_TYPE_NAMES.length);
  expect(EVENT_TYPE_NAMES.toSorted()).toEqual(EVENT_TYPE_NAMES);
  expect(EVENT_TYPE_NAMES).toEqual(
    expect.arrayContaining(['operation.accepted', 'card.superseded', 'agent.suspended', 'operation.unknown']),
  );
});

it('is told in the words of /v1', () => {
  const details = JSON.stringify({
    serial: '4567',
    record: 'r',
    status: 'superseded',
    mayOpenUntil: 1_764_489_600_000,
  });
  const event = toldEvent(eventOf(record({ action: 'card-superseded', actor: 'server', details })));
  expect(event).toEqual({
    id: 'evt_p_1',
    type: 'card.superseded',
    timestamp: '1970-01-01T00:00:00.001Z',
    property: 'p',
    number: 1,
    actor: { kind: 'server', id: null },
    data: { serial: '4567', cardRecord: 'r', status: 'superseded', mayOpenUntil: '2025-11-30T08:00:00.000Z' },
  });
  const accepted = JSON.stringify({ kind: 'cancel', encoder: '7C778A6C7D9C', begins: null });
  expect(eventOf(record({ action: 'operation-accepted', details: accepted, actor: 'key k' }))).toMatchObject({
    actor: { kind: 'apiKey', id: 'k' },
    data: { kind: 'cancel', encoder: { mac: '7C778A6C7D9C' }, validFrom: null },
  });
  expect(eventOf(record({ propertyId: INSTALLATION })).propertyId).toBeNull();
});
