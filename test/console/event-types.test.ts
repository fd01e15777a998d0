import { EVENT_TYPES } from '@keyrack/console/developers/webhook/event-types.ts';
import { EVENT_TYPE_NAMES } from '@keyrack/server/domain/events.ts';
import { expect, test } from 'vitest';

test('a webhook of the console can want every type of event, and no other', () => {
  expect(EVENT_TYPES.flatMap(({ types }) => types).sort()).toEqual([...EVENT_TYPE_NAMES].sort());
});
