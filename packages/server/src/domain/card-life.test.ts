import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { advanceCard, type CardEvent, type CardStatus, lifeAt, wasIssued } from './card-life.ts';
import { newCardRecord } from './places.ts';

const NOW = 1_700_000_000_000;
const STATUSES: readonly CardStatus[] = ['pending', 'void', 'active', 'superseded', 'lost', 'cancelled'];
const EVENTS: readonly CardEvent[] = ['issued', 'not-issued', 'superseded', 'loss-reported', 'retired', 'cancelled'];

const record = (status: CardStatus) =>
  newCardRecord({
    propertyId: 'property',
    id: 'record',
    roomId: 'room',
    status,
    validFrom: NOW - 1,
    validUntil: NOW + 1,
    issuedAt: NOW - 1,
    endedAt: status === 'pending' || status === 'active' ? null : NOW - 1,
  });

describe('the life of a card record', () => {
  test('is what docs/cards.md draws', () => {
    const text = readFileSync(new URL('../../../../docs/cards.md', import.meta.url), 'utf8');
    const drawing = /stateDiagram-v2\n([^`]*)/.exec(text)?.[1] ?? '';
    const arrows = STATUSES.flatMap((from) =>
      EVENTS.flatMap((event) => {
        const { status } = advanceCard(record(from), event, NOW);
        return status === from ? [] : [`${from} --> ${status} : ${event}`];
      }),
    );
    const drawn = Array.from(drawing.matchAll(/^ +([a-z]+ --> [a-z]+ : [a-z-]+)/gm), (match) => match[1]);
    // Time is no event: see lifeAt.
    expect(arrows.sort()).toEqual(drawn.filter((arrow) => arrow !== 'active --> expired : time').sort());
  });

  test('notes when it ended, once for each end', () => {
    for (const status of STATUSES) {
      for (const event of EVENTS) {
        const before = record(status);
        const after = advanceCard(before, event, NOW);
        if (after.status === status) expect(after).toBe(before);
        else expect(after.endedAt).toBe(after.status === 'active' ? null : NOW);
      }
    }
  });

  test('ends by time alone, at its end and not before', () => {
    expect(lifeAt(record('active'), NOW)).toBe('active');
    expect(lifeAt(record('active'), NOW + 1)).toBe('expired');
    expect(lifeAt(record('lost'), NOW + 1)).toBe('lost');
  });

  test('began with a card that a lock may have seen, unless it is pending or void', () => {
    expect(STATUSES.filter((status) => wasIssued(record(status)))).toEqual([
      'active',
      'superseded',
      'lost',
      'cancelled',
    ]);
  });
});
