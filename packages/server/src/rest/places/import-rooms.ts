import { z } from 'zod';
import { HIGHEST_LOCK_NUMBER } from '../../domain/lock-number.ts';
import type { LineError } from '../../queries/plan-room-lines.ts';
import { endpoint } from '../endpoint.ts';
import { line, shortNumber } from '../fields.ts';
import { type FieldError, ProblemError } from '../problems.ts';
import {
  LOCK_NUMBER_TAKEN,
  LOCK_NUMBERS_USED_UP,
  lockType,
  NAME_LENGTH,
  NO_SUCH_VERSION,
  ranTogether,
} from './place-view.ts';

/** Rooms of one import: those of a large property. */
const MOST_LINES = 10_000;

/** Errors that one answer names. */
const MOST_ERRORS = 1_000;

export const importRooms = endpoint({
  id: 'importRooms',
  method: 'POST',
  path: '/v1/properties/{property}/rooms/import',
  tag: 'places',
  summary: 'Import rooms',
  description:
    'Adds rooms with the buildings and floors that they name, and changes those that are there by their numbers; none is taken away. All or none: `errors` of the problem names each wrong line. With `dryRun` nothing is changed.',
  right: 'rooms.write',
  bodyBytes: 4 * 1024 * 1024,
  body: z.strictObject({
    dryRun: z.boolean().optional(),
    rooms: z
      .array(
        z.strictObject({
          building: shortNumber,
          buildingName: line(NAME_LENGTH).optional(),
          floor: shortNumber,
          floorName: line(NAME_LENGTH).optional(),
          number: shortNumber,
          name: line(NAME_LENGTH).optional(),
          lockType,
          gateway: z.boolean().optional(),
          lockNumber: z.int().min(1).max(HIGHEST_LOCK_NUMBER).optional(),
          keyVersion: z.int().min(1).max(255).optional(),
        }),
      )
      .min(1)
      .max(MOST_LINES),
  }),
  answers: {
    200: {
      description: 'What was done, or would be.',
      body: z.object({ dryRun: z.boolean(), added: z.int(), changed: z.int(), unchanged: z.int() }),
    },
  },
  problems: ['rooms-not-imported'],
  async handle({ property, body, doer, now, change, parts }) {
    const { rooms: lines, dryRun = false } = body;
    const ids = Array.from({ length: 3 * lines.length }, () => parts.newId());
    const given = { propertyId: property.id, lines, ids };
    // What only looks holds up nobody's change.
    const result = dryRun
      ? await parts.read('countRoomLines', given)
      : await change('importRoomLines', { ...given, doer, now });
    const { errors, ...counts } = result;
    if (errors.length > 0)
      throw new ProblemError('rooms-not-imported', { errors: errors.slice(0, MOST_ERRORS).map(fieldError) });
    return { status: 200, body: { dryRun, ...counts } };
  },
});

function fieldError({ line, field, why }: LineError): FieldError {
  return { in: 'body', path: `rooms.${line}.${field}`, detail: detailOf(why) };
}

function detailOf(why: LineError['why']): string {
  switch (why.is) {
    case 'repeated':
      return 'stands on an earlier line already; leave one of them out';
    case 'numbers-run-together':
      return ranTogether(why.joinedNo);
    case 'key-version-unknown':
      return NO_SUCH_VERSION;
    case 'lock-number-taken':
      return LOCK_NUMBER_TAKEN;
    case 'lock-numbers-used-up':
      return LOCK_NUMBERS_USED_UP;
    case 'lock-number-stays':
      return "is not the number of this room's lock, which never changes; leave it out";
  }
}
