import { expect, test } from 'vitest';
import { isMadeOld, madeOldBy } from './topics.ts';

test('a type makes old what asks for such things, and nothing else but the log', () => {
  expect(madeOldBy(['member.changed'])).toEqual(new Set(['audit', 'members', 'me']));
});

test('a type of a later server makes everything old', () => {
  expect(madeOldBy(['member.changed', 'minibar.emptied'])).toBe('all');
});

test('what is asked about a room is old where that room was touched, and all of it where any may have been', () => {
  const about = (topic: string, room?: string) => ({
    queryKey: [topic, 'inn'],
    meta: room === undefined ? {} : { room },
  });
  const queries = [
    about('cards', '101'),
    about('cards', '102'),
    about('operations', '101'),
    about('cards'),
    about('rack'),
  ];
  const old = (types: string[], rooms: string[] | null) => queries.map(isMadeOld({ types, rooms }));
  expect(old(['operation.succeeded', 'card.issued'], ['101'])).toEqual([true, false, true, true, false]);
  expect(old(['card.issued'], null)).toEqual([true, true, false, true, false]);
  expect(old(['card.issued', 'guest_data.deleted'], ['101'])).toEqual([true, true, false, true, false]);
  expect(old(['minibar.emptied'], [])).toEqual([true, true, true, true, true]);
});
