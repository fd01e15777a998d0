import { LOCK_TYPES, type LockType } from '@keyrack/server/domain/lock-type.ts';
import { z } from 'zod';

/** Rooms as fetchRoomInfo answers them, here and elsewhere, in the words of /v1. */

/** A room of the answer, and where it stands there. */
export interface AnsweredRoom {
  readonly line: {
    readonly building: string;
    readonly buildingName: string;
    readonly floor: string;
    readonly floorName: string;
    readonly number: string;
    readonly name: string;
    readonly lockType: LockType;
    readonly gateway?: boolean;
  };
  readonly place: { readonly building: number; readonly floor: number; readonly room: number };
}

const NUMBER = 'is 1 to 20 letters and digits';
const no = z.string(NUMBER).regex(/^[0-9A-Za-z]{1,20}$/, NUMBER);
const NAME = 'is a name of 1 to 64 characters';
const name = z.string(NAME).trim().min(1, NAME).max(64, NAME);

function listOf<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.array(z.object(shape, 'is an object'), 'is a list');
}

/** What else is in it is left alone. */
const roomAnswer = z.object(
  {
    builders: listOf({
      builderNum: no,
      builderName: name,
      floors: listOf({
        floorNum: no,
        floorName: name,
        rooms: listOf({
          num: no,
          name,
          locktype: z.enum(LOCK_TYPES, `is one of ${LOCK_TYPES.join(', ')}`),
          /** Not part of the answer: whether the room's lock talks through a gateway. */
          gateway: z.boolean('is true or false').optional(),
        }),
      }),
    }),
  },
  'holds the answer of fetchRoomInfo',
);

export type ReadAnswer =
  | { readonly rooms: readonly AnsweredRoom[] }
  /** What is wrong first: where it stands (empty for the whole), and what it should be ("is …"). */
  | { readonly place: string; readonly detail: string };

/** The rooms of an answer, with or without the envelope around its data. */
export function readRoomAnswer(answer: unknown): ReadAnswer {
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
  const parsed = roomAnswer.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { place: placeText(issue?.path ?? []), detail: issue?.message ?? 'is something else' };
  }
  const rooms = parsed.data.builders.flatMap(({ builderNum, builderName, floors }, building) =>
    floors.flatMap(({ floorNum, floorName, rooms: ofFloor }, floor) =>
      ofFloor.map(({ num, name, locktype, gateway }, room): AnsweredRoom => {
        const where = { building: builderNum, buildingName: builderName, floor: floorNum, floorName };
        const facts = { number: num, name, lockType: locktype, ...(gateway !== undefined && { gateway }) };
        return { line: { ...where, ...facts }, place: { building, floor, room } };
      }),
    ),
  );
  return { rooms };
}

/** What the answer calls a field of /v1, and in what it stands. */
const CALLED: Readonly<Record<string, readonly [name: string, of: keyof AnsweredRoom['place']]>> = {
  building: ['builderNum', 'building'],
  buildingName: ['builderName', 'building'],
  floor: ['floorNum', 'floor'],
  floorName: ['floorName', 'floor'],
  number: ['num', 'room'],
  name: ['name', 'room'],
  lockType: ['locktype', 'room'],
  gateway: ['gateway', 'room'],
};

/** Where a field of a room stands in the answer, e.g. `builders[0].floors[2].rooms[1].num`. */
export function placeOfField({ place: { building, floor, room } }: AnsweredRoom, field: string): string {
  const [name = '', of = 'room'] = CALLED[field] ?? [];
  const path = ['builders', building, ...(of === 'building' ? [] : ['floors', floor])];
  return placeText([...path, ...(of === 'room' ? ['rooms', room] : []), ...(name === '' ? [] : [name])]);
}

function placeText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
