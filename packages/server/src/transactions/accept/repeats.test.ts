import { BLANK, type CardContent, type OperationId, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { Cause } from '../../domain/causes.ts';
import { REPEAT_WINDOW_MS } from '../../domain/limits.ts';
import type { Caller, Operation, OperationState } from '../../domain/operation.ts';
import type { Card, CardRecord } from '../../domain/places.ts';
import { CARD, type Hotel, INSTANCE, ISSUED, MAC, NOW, openHotel, P, uuid } from '../testing/hotel.ts';
import type { AcceptResult } from './accept-request.ts';

/**
 * The same request again, by what became of the first, what its caller heard, and how long ago by a clock that may have been
 * set (docs/room-card-api.md, "Open outcomes, repeats and waits").
 */

const FIRST = uuid<OperationId>(10);
const AGAIN = uuid<OperationId>(11);
const THIRD = uuid<OperationId>(12);
const SAME = 'the same request';
const PLASTIC = '04AABBCCDDEE01' as Serial;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Kind = Operation['kind'];
type Verdict = AcceptResult['verdict'];

/** Sends the request; every time the very same. */
function ask({ store }: Hotel, kind: Kind, id: OperationId, now = NOW, again = false): Promise<AcceptResult> {
  const common = {
    again,
    id,
    now,
    deadline: now + 20_000,
    idleMs: 60_000,
    propertyId: P,
    accountSid: 'a',
    memberId: 'member',
    memberVersion: 1,
    encoder: MAC,
    request: SAME,
  };
  if (kind === 'read') return store.run('acceptRead', { ...common, cardType: 4 });
  if (kind === 'cancel') return store.run('acceptCancel', { ...common, serial: CARD, cardType: 4 });
  return store.run('acceptIssue', {
    ...common,
    recordId: `record of ${id}`,
    buildingNo: '1',
    floorNo: '1',
    roomNo: '1',
    validUntil: NOW + 10 * DAY,
    owner: 'Grace',
    ownerGender: null,
    ownerAreaCode: null,
    ownerMobile: null,
    normallyOpen: false,
    networked: false,
    mode: 'by-holder',
    beginsAt: null,
  });
}

interface Past {
  readonly kind: Kind;
  readonly state: OperationState;
  readonly caller: Caller;
  readonly opened?: boolean;
  /** What became of the card since. */
  readonly card?: Partial<Card>;
  readonly record?: Partial<CardRecord>;
}

/** A hotel where the first request came to this, a moment ago. */
async function after({ kind, state, caller, opened = false, card = {}, record = {} }: Past): Promise<Hotel> {
  const hotel = await openHotel();
  await hotel.connect();
  const first = await ask(hotel, kind, FIRST);
  if (first.verdict !== 'accepted') throw new Error(first.verdict);
  const { operation } = first;
  const serial = kind === 'cancel' ? CARD : PLASTIC;
  const before: CardContent = kind === 'cancel' ? ISSUED : BLANK;
  const target: CardContent = kind === 'cancel' ? BLANK : ISSUED;
  const grant = {
    nonce: uuid<never>(20),
    agentId: operation.agentId,
    session: 1,
    instance: INSTANCE,
    serial,
    before,
    target,
    at: NOW,
    life: 1,
  };
  const wasGranted = ['granted', 'unknown', 'succeeded', 'rejected', 'damaged', 'written-off'].includes(state);
  const isOver = !['accepted', 'granted', 'unknown'].includes(state);
  const row = {
    ...operation,
    state,
    caller,
    opened,
    ...(wasGranted && kind !== 'read' && { grant, serial }),
    ...(isOver && { settledAt: NOW }),
  } as Operation;
  await hotel.store.run('putRows', { rows: [{ table: 'operations', row }], onlyIfEmpty: false });
  if (kind === 'read') return hotel;

  const recordId = kind === 'cancel' ? 'record' : operation.recordId;
  const known = (await hotel.rows('cardRecords')).find(({ id }) => id === recordId);
  if (known === undefined) throw new Error('it has no record');
  const done = state === 'succeeded';
  const plastic: Card = {
    propertyId: P,
    serial,
    plastic: done === (kind === 'cancel') ? 'erased' : 'written',
    content: done ? target : before,
    knownInLife: 1,
    recordId,
    lastGranted: wasGranted ? FIRST : null,
    damagedBy: null,
    ...card,
  };
  const status = done ? (kind === 'cancel' ? 'cancelled' : 'active') : kind === 'cancel' ? 'active' : 'pending';
  await hotel.store.run('putRows', {
    rows: [
      { table: 'cards', row: plastic },
      { table: 'cardRecords', row: { ...known, serial, status, ...record } },
    ],
    onlyIfEmpty: false,
  });
  return hotel;
}

const JUST_NOW = MINUTE;
const STILL = REPEAT_WINDOW_MS - 1;
const NO_LONGER = REPEAT_WINDOW_MS;
/** The clock was set back by a day since. */
const SET_BACK = -DAY;

describe('an issue that was asked for by', () => {
  test.each<[Caller, OperationState, stepMs: number, Verdict]>([
    // A couple's second key.
    ['waiting', 'accepted', JUST_NOW, 'accepted'],
    ['waiting', 'granted', JUST_NOW, 'accepted'],
    ['waiting', 'unknown', JUST_NOW, 'accepted'],
    ['waiting', 'succeeded', JUST_NOW, 'accepted'],
    ['told', 'succeeded', JUST_NOW, 'accepted'],
    ['told', 'rejected', JUST_NOW, 'accepted'],
    // Under way, and nobody waits for it: whatever the clock says.
    ['left', 'accepted', JUST_NOW, 'joined'],
    ['left', 'accepted', DAY, 'joined'],
    ['left', 'granted', SET_BACK, 'joined'],
    ['told-open', 'accepted', JUST_NOW, 'joined'],
    ['told-open', 'granted', DAY, 'joined'],
    // Nobody knows how it ended: no second write comes on top while it may be a repeat.
    ['left', 'unknown', STILL, 'joined'],
    ['told-open', 'unknown', STILL, 'joined'],
    ['left', 'unknown', SET_BACK, 'joined'],
    ['told-open', 'unknown', SET_BACK, 'joined'],
    ['left', 'unknown', NO_LONGER, 'accepted'],
    ['told-open', 'unknown', NO_LONGER, 'accepted'],
    // After a hang-up it is told where a card was written, or may have been, and else carried out anew.
    ['left', 'succeeded', STILL, 'joined'],
    ['left', 'damaged', STILL, 'joined'],
    ['left', 'written-off', STILL, 'joined'],
    ['left', 'rejected', JUST_NOW, 'accepted'],
    ['left', 'expired', JUST_NOW, 'accepted'],
    ['left', 'withdrawn', JUST_NOW, 'accepted'],
    // Who was told that it is open is told how it ended.
    ['told-open', 'succeeded', STILL, 'joined'],
    ['told-open', 'damaged', STILL, 'joined'],
    ['told-open', 'rejected', STILL, 'joined'],
    ['told-open', 'expired', STILL, 'joined'],
    ['told-open', 'withdrawn', STILL, 'joined'],
    // What ended is no news after ten minutes, nor where nobody knows how long ago it was.
    ['left', 'succeeded', NO_LONGER, 'accepted'],
    ['told-open', 'succeeded', NO_LONGER, 'accepted'],
    ['told-open', 'rejected', NO_LONGER, 'accepted'],
    ['left', 'succeeded', SET_BACK, 'accepted'],
    ['told-open', 'damaged', SET_BACK, 'accepted'],
    // A clock that was corrected by a little.
    ['told-open', 'succeeded', -MINUTE, 'joined'],
  ])('one who is "%s" and is %s, asked for again after %d ms, is %4$s', async (caller, state, step, verdict) => {
    const hotel = await after({ kind: 'issue', state, caller });
    expect((await ask(hotel, 'issue', AGAIN, NOW + step)).verdict).toBe(verdict);
  });

  test('one who never heard of it is told once, and then it is one more card', async () => {
    const hotel = await after({ kind: 'issue', state: 'succeeded', caller: 'told-open' });
    expect(await ask(hotel, 'issue', AGAIN)).toMatchObject({ verdict: 'joined', operation: { id: FIRST } });
    expect(await ask(hotel, 'issue', THIRD)).toMatchObject({ verdict: 'accepted', operation: { id: THIRD } });
  });

  const changed = 'issued-card-changed';
  const unsure = 'issued-card-unsure';
  test.each<[what: string, Pick<Past, 'card' | 'record'>, Cause]>([
    ['was cancelled', { record: { status: 'cancelled' }, card: { plastic: 'erased', content: BLANK } }, changed],
    ['was superseded', { record: { status: 'superseded' } }, changed],
    ['was reported lost', { record: { status: 'lost' } }, changed],
    ['was granted something else', { card: { lastGranted: uuid(77) } }, changed],
    ['was granted something else in a lost epoch', { card: { lastGranted: uuid(77), knownInLife: 0 } }, changed],
    // Nobody has changed it that the property knows of, and nobody knows what it is.
    ['reads as damaged', { card: { plastic: 'damaged', content: null } }, unsure],
    ['was not read since the database was restored', { card: { knownInLife: 0 } }, unsure],
  ])(
    'one who never heard of it, and whose card %s since, is told so once, and nothing is touched',
    async (_what, since, cause) => {
      const hotel = await after({ kind: 'issue', state: 'succeeded', caller: 'told-open', ...since });
      expect(await ask(hotel, 'issue', AGAIN)).toMatchObject({
        verdict: 'refused',
        refusal: { cause, facts: { serial: PLASTIC } },
      });
      expect(await hotel.rows('operations')).toHaveLength(1);
      expect(await ask(hotel, 'issue', THIRD)).toMatchObject({ verdict: 'accepted', operation: { id: THIRD } });
    },
  );

  test.each<[Caller, OperationState]>([
    ['left', 'damaged'],
    ['told-open', 'damaged'],
    ['left', 'written-off'],
  ])('one who is "%s" and is %s, and whose card was cancelled since, is carried out anew', async (caller, state) => {
    const card = { lastGranted: uuid<OperationId>(77), plastic: 'erased', content: BLANK } as const;
    const hotel = await after({ kind: 'issue', state, caller, card });
    expect(await ask(hotel, 'issue', AGAIN)).toMatchObject({ verdict: 'accepted', operation: { id: AGAIN } });
  });
});

describe('who repeats a request that nobody heard the end of, while the server dies before its answer is out', () => {
  const cancelled: Pick<Past, 'card' | 'record'> = {
    record: { status: 'cancelled' },
    card: { plastic: 'erased', content: BLANK },
  };
  test.each<[Kind, OperationState, what: string, Pick<Past, 'card' | 'record'>, Verdict]>([
    ['issue', 'succeeded', 'still is the key', {}, 'joined'],
    ['issue', 'succeeded', 'was cancelled since', cancelled, 'refused'],
    ['issue', 'damaged', 'is damaged', {}, 'joined'],
    ['cancel', 'rejected', 'still is the key', {}, 'joined'],
    ['cancel', 'succeeded', 'is blank', {}, 'joined'],
  ])('%s that is %s, and whose card %s: is told by the next repeat', async (kind, state, _what, since, verdict) => {
    const hotel = await after({ kind, state, caller: 'told-open', ...since });
    expect((await ask(hotel, kind, AGAIN)).verdict).toBe(verdict);
    await hotel.store.run('callersGone', { now: NOW + 1_000 });
    expect((await ask(hotel, kind, THIRD, NOW + 2_000)).verdict).toBe(verdict);
    expect(await hotel.rows('operations')).toHaveLength(1);
  });

  test.each([MINUTE, REPEAT_WINDOW_MS - MINUTE])('also %d ms after the operation ended', async (later) => {
    const hotel = await after({ kind: 'issue', state: 'succeeded', caller: 'told-open' });
    expect((await ask(hotel, 'issue', AGAIN, NOW + later)).verdict).toBe('joined');
    await hotel.store.run('callersGone', { now: NOW + later + 2 * MINUTE });
    expect((await ask(hotel, 'issue', THIRD, NOW + later + 2 * MINUTE)).verdict).toBe('joined');
  });
});

describe('a repeat whose commit nobody knew the outcome of, so that it is carried out a second time,', () => {
  test.each<[Kind, OperationState, Caller]>([
    ['issue', 'accepted', 'left'],
    ['issue', 'granted', 'told-open'],
    ['issue', 'unknown', 'left'],
    ['issue', 'succeeded', 'left'],
    ['issue', 'rejected', 'told-open'],
    ['cancel', 'granted', 'left'],
    ['cancel', 'rejected', 'told-open'],
    ['read', 'accepted', 'left'],
  ])('joins as it did the first time: %s that is %s, of a caller who is "%s"', async (kind, state, caller) => {
    const hotel = await after({ kind, state, caller });
    expect(await ask(hotel, kind, AGAIN, NOW + 1_000)).toMatchObject({ verdict: 'joined', operation: { id: FIRST } });
    const again = await ask(hotel, kind, AGAIN, NOW + 1_000, true);
    expect(again).toMatchObject({ verdict: 'joined', operation: { id: FIRST } });
  });

  test('joins nothing that others wait for', async () => {
    const hotel = await after({ kind: 'issue', state: 'accepted', caller: 'waiting' });
    expect((await ask(hotel, 'issue', AGAIN, NOW, true)).verdict).toBe('accepted');
    expect((await ask(hotel, 'issue', THIRD, NOW + 1_000, true)).verdict).toBe('accepted');
  });
});

describe('a cancel that was asked for by', () => {
  test.each<[Caller, OperationState, stepMs: number, Verdict]>([
    // One at a time, whoever waits.
    ['waiting', 'accepted', JUST_NOW, 'joined'],
    ['waiting', 'granted', JUST_NOW, 'joined'],
    ['left', 'accepted', DAY, 'joined'],
    ['told-open', 'granted', SET_BACK, 'joined'],
    ['waiting', 'unknown', STILL, 'joined'],
    ['told-open', 'unknown', SET_BACK, 'joined'],
    ['told-open', 'unknown', NO_LONGER, 'accepted'],
    ['told-open', 'succeeded', STILL, 'joined'],
    ['left', 'succeeded', STILL, 'joined'],
    // Found done, and no hardware touched.
    ['told', 'succeeded', JUST_NOW, 'already-done'],
    ['told-open', 'succeeded', NO_LONGER, 'already-done'],
    ['told-open', 'succeeded', SET_BACK, 'already-done'],
    ['left', 'rejected', STILL, 'joined'],
    ['left', 'expired', STILL, 'joined'],
    ['told-open', 'withdrawn', STILL, 'joined'],
    ['told-open', 'damaged', STILL, 'joined'],
    ['told', 'rejected', JUST_NOW, 'accepted'],
    ['told-open', 'rejected', NO_LONGER, 'accepted'],
    ['left', 'expired', SET_BACK, 'accepted'],
  ])('one who is "%s" and is %s, asked for again after %d ms, is %4$s', async (caller, state, step, verdict) => {
    const hotel = await after({ kind: 'cancel', state, caller });
    expect((await ask(hotel, 'cancel', AGAIN, NOW + step)).verdict).toBe(verdict);
  });

  const ANOTHER = uuid<OperationId>(77);
  const cancelledSince: Pick<Past, 'card' | 'record'> = {
    record: { status: 'cancelled' },
    card: { plastic: 'erased', content: BLANK, lastGranted: ANOTHER },
  };
  test.each<[OperationState, what: string, Pick<Past, 'card' | 'record'>, Verdict]>([
    ['succeeded', 'was granted something else', { card: { lastGranted: ANOTHER } }, 'already-done'],
    ['succeeded', 'was issued anew', { card: { lastGranted: ANOTHER, plastic: 'written' } }, 'accepted'],
    ['succeeded', 'was not read since the database was restored', { card: { knownInLife: 0 } }, 'accepted'],
    ['damaged', 'was issued anew', { card: { lastGranted: ANOTHER, plastic: 'written' } }, 'accepted'],
    ['damaged', 'was cancelled after all', cancelledSince, 'already-done'],
    ['expired', 'was cancelled after all', cancelledSince, 'already-done'],
    ['rejected', 'was cancelled after all', cancelledSince, 'already-done'],
    ['withdrawn', 'was cancelled after all', cancelledSince, 'already-done'],
  ])('one who never heard that it is %s, and whose card %s since, is told what is true now', async (...row) => {
    const [state, , since, verdict] = row;
    const hotel = await after({ kind: 'cancel', state, caller: 'left', ...since });
    expect((await ask(hotel, 'cancel', AGAIN)).verdict).toBe(verdict);
  });
});

describe('a read that was asked for by', () => {
  test.each<[Caller, OperationState, opened: boolean, Verdict]>([
    ['waiting', 'accepted', false, 'joined'],
    ['left', 'accepted', false, 'joined'],
    ['told-open', 'accepted', false, 'joined'],
    ['waiting', 'accepted', true, 'accepted'],
    ['left', 'accepted', true, 'accepted'],
    ['waiting', 'succeeded', true, 'accepted'],
    ['left', 'succeeded', true, 'accepted'],
    ['told-open', 'succeeded', true, 'accepted'],
    ['told-open', 'expired', false, 'accepted'],
    ['left', 'rejected', true, 'accepted'],
  ])(
    'one who is "%s" and is %s (card opened: %s), asked for again, is %4$s',
    async (caller, state, opened, verdict) => {
      const hotel = await after({ kind: 'read', state, caller, opened });
      expect((await ask(hotel, 'read', AGAIN)).verdict).toBe(verdict);
    },
  );
});
