import { z } from 'zod';
import { LOCK_TYPES } from '../../domain/lock-type.ts';
import type { LiveCard, PlacedRoom } from '../../queries/rooms-page.ts';
import { id, time, timeOf, timeOrNull } from '../fields.ts';
import { ProblemError, type ProblemName } from '../problems.ts';

/** Bounds of what is imported and made: names that people read. */
export const NAME_LENGTH = 64;

export const buildingView = z.object({ id, number: z.string(), name: z.string() }).meta({ id: 'Building' });

export const floorView = z
  .object({ id, building: id, number: z.string(), name: z.string() })
  .meta({ id: 'Floor', description: 'A floor; `building` is the id of its building.' });

export const lockType = z
  .enum(LOCK_TYPES)
  .meta({ id: 'LockType', description: 'The lock types of the room-card API.' });

export const roomView = z
  .object({
    id,
    building: z.object({ id, number: z.string(), name: z.string() }),
    floor: z.object({ id, number: z.string(), name: z.string() }),
    number: z.string(),
    name: z.string(),
    lock: z.object({
      type: lockType,
      number: z
        .int()
        .meta({ description: 'What its keys are made for. It never changes, and no other room ever gets it.' }),
      gateway: z
        .boolean()
        .meta({ description: 'It talks through a gateway; then an issue wants the name of a holder.' }),
      keyVersion: z
        .int()
        .nullable()
        .meta({ description: 'The card key version that it was programmed with; null where nobody told.' }),
      programmedAt: time.nullable().meta({ description: 'When that was told.' }),
    }),
  })
  .meta({ id: 'Room', description: 'A room with its lock.' });

/** Transactions make ETags of the same. */
export {
  shownBuilding as viewOfBuilding,
  shownFloor as viewOfFloor,
} from '../../transactions/property/change-place.ts';

export function viewOfRoom({ room, building, floor, programmed }: PlacedRoom): z.input<typeof roomView> {
  return {
    id: room.id,
    building: { id: building.id, number: building.no, name: building.name },
    floor: { id: floor.id, number: floor.no, name: floor.name },
    number: room.no,
    name: room.name,
    lock: {
      type: room.lockType,
      number: room.lockNumber,
      gateway: room.gateway,
      keyVersion: programmed?.keyVersion ?? null,
      programmedAt: timeOrNull(programmed?.at ?? null),
    },
  };
}

/** What a transaction about places refused, as a problem. */
export function refusedPlace(
  refusal:
    | { readonly verdict: string }
    | { readonly verdict: string; readonly joinedNo: string }
    | { readonly verdict: string; readonly cards: readonly LiveCard[] },
): ProblemError {
  if ('joinedNo' in refusal) return new ProblemError('numbers-run-together', { detail: ranTogether(refusal.joinedNo) });
  if ('cards' in refusal)
    return new ProblemError('room-has-cards', {
      cards: refusal.cards.map(({ id, serial, validUntil }) => ({
        serial,
        record: id,
        validUntil: timeOf(validUntil),
      })),
    });
  const field = FIELDS[refusal.verdict];
  if (field === undefined) return new ProblemError(refusal.verdict as ProblemName);
  const [path, detail] = field;
  return new ProblemError('invalid-request', { errors: [{ in: 'body', path, detail }] });
}

export function ranTogether(joinedNo: string): string {
  return `Building, floor and room number would run together to ${joinedNo}, as another room's do. Choose another number.`;
}

export const NO_SUCH_VERSION = "is no version of this property's card key; see its card keys";
export const LOCK_NUMBERS_USED_UP = 'is left out, and the number behind the highest is none; name a free one';
export const LOCK_NUMBER_TAKEN = 'is or was the lock number of another room; leave it out to get a free one';

/** Refusals that name a value of the request. */
const FIELDS: Readonly<Record<string, readonly [path: string, detail: string]>> = {
  'building-unknown': ['building', 'is the id of no building of this property'],
  'floor-unknown': ['floor', 'is the id of no floor of this property'],
  'key-version-unknown': ['lock.keyVersion', NO_SUCH_VERSION],
  'lock-number-taken': ['lock.number', LOCK_NUMBER_TAKEN],
  'lock-numbers-used-up': ['lock.number', LOCK_NUMBERS_USED_UP],
};
