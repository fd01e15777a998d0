import { type LockType, USUAL_LOCK_TYPE } from '../../lock/lock-types.ts';
import { expandRanges, MOST_NUMBERS, type RangeFault } from './expand-ranges.ts';

/** One line of a plan: rooms of one building with one type of lock, as somebody types it. */
export interface PlanLine {
  /** The building's number. */
  readonly building: string;
  /** Empty for none. */
  readonly buildingName: string;
  /** Ranges, e.g. `1–6`. Empty where room numbers are whole and begin with their floor. */
  readonly floors: string;
  /** Ranges: whole numbers, or the part behind the floor where `floors` says which ones. */
  readonly rooms: string;
  /** Ranges of what isn't there, such as a 13: whole numbers, or the part behind the floor, on each floor. */
  readonly leaveOut: string;
  readonly lockType: LockType;
}

export type PlanField = Exclude<keyof PlanLine, 'buildingName' | 'lockType'>;

/** A room as `importRooms` takes it. */
export interface PlannedRoom {
  readonly building: string;
  readonly buildingName?: string;
  readonly floor: string;
  readonly number: string;
  readonly lockType: LockType;
}

export type PlanFault = { readonly line: number; readonly field: PlanField } & (
  | RangeFault
  | { readonly is: 'missing' }
  /** No number of a building or floor. */
  | { readonly is: 'no-number' }
  /** `part` is too short to begin with a floor: the plan has to say which. */
  | { readonly is: 'floor-unknown'; readonly part: string }
  /** `part` is planned by an earlier line too. */
  | { readonly is: 'twice'; readonly part: string }
);

export interface PlannedRooms {
  /** What the faultless lines give. */
  readonly rooms: readonly PlannedRoom[];
  /** The first of each line. */
  readonly faults: readonly PlanFault[];
  /** Numbers that each line leaves out. */
  readonly leftOut: readonly (readonly string[])[];
}

export const EMPTY_LINE: PlanLine = {
  building: '1',
  buildingName: '',
  floors: '',
  rooms: '',
  leaveOut: '',
  lockType: USUAL_LOCK_TYPE,
};

/** Digits of a room number behind its floor, where a plan names no floors: 1203 is on floor 12. */
const BEHIND_FLOOR = 2;

/** The rooms of a plan, in its order, and what can't be understood. */
export function roomsOfPlan(plan: readonly PlanLine[]): PlannedRooms {
  const rooms: PlannedRoom[] = [];
  const faults: PlanFault[] = [];
  const leftOut: (readonly string[])[] = [];
  const seen = new Set<string>();
  for (const [line, planLine] of plan.entries()) {
    const found = roomsOfLine(planLine, line);
    const fault = 'rooms' in found ? faultTogether(found.rooms, rooms.length, seen) : found;
    leftOut.push('rooms' in found ? found.leftOut : []);
    if (fault !== null) faults.push({ line, ...fault });
    else if ('rooms' in found) {
      for (const room of found.rooms) seen.add(keyOf(room));
      rooms.push(...found.rooms);
    }
  }
  return { rooms, faults, leftOut };
}

/** Those that the house doesn't have: adding rooms changes none that is there, nor its lock. */
export function roomsToAdd(
  planned: readonly PlannedRoom[],
  there: readonly { readonly building: Numbered; readonly floor: Numbered; readonly number: string }[],
): readonly PlannedRoom[] {
  const known = new Set(there.map(({ building, floor, number }) => `${building.number} ${floor.number} ${number}`));
  return planned.filter(({ building, floor, number }) => !known.has(`${building} ${floor} ${number}`));
}

interface Numbered {
  readonly number: string;
}

/** What is wrong with a line only beside those before it. */
function faultTogether(found: readonly PlannedRoom[], before: number, seen: ReadonlySet<string>) {
  const twice = found.find((room) => seen.has(keyOf(room)));
  if (twice !== undefined) return { field: 'rooms', is: 'twice', part: twice.number } as const;
  return before + found.length > MOST_NUMBERS ? ({ field: 'rooms', is: 'too-many' } as const) : null;
}

function keyOf({ building, number }: PlannedRoom): string {
  return `${building} ${number}`;
}

interface LineRooms {
  readonly rooms: readonly PlannedRoom[];
  readonly leftOut: readonly string[];
}

/** A part of a number without the zeros before it: a 4 is also written 04. */
function withoutZeros(part: string): string {
  return part.replace(/^0+(?=\d)/, '');
}

function roomsOfLine(planLine: PlanLine, line: number): LineRooms | PlanFault {
  const building = planLine.building.normalize('NFKC').trim();
  if (building === '') return { line, field: 'building', is: 'missing' };
  if (!/^[0-9A-Za-z]{1,20}$/.test(building)) return { line, field: 'building', is: 'no-number' };
  const floors = expandRanges(planLine.floors);
  if (floors.fault !== null) return { line, field: 'floors', ...floors.fault };
  const numbers = expandRanges(planLine.rooms);
  if (numbers.fault !== null) return { line, field: 'rooms', ...numbers.fault };
  const without = expandRanges(planLine.leaveOut);
  if (without.fault !== null) return { line, field: 'leaveOut', ...without.fault };
  if (numbers.numbers.length === 0) return { line, field: 'rooms', is: 'missing' };
  if (floors.numbers.length * numbers.numbers.length > MOST_NUMBERS) return { line, field: 'rooms', is: 'too-many' };

  const { lockType } = planLine;
  const buildingName = planLine.buildingName.trim();
  const whole = new Set(without.numbers);
  const parts = new Set(without.numbers.map(withoutZeros));
  const places =
    floors.numbers.length === 0
      ? numbers.numbers.map((number) => ({
          floor: number.slice(0, -BEHIND_FLOOR),
          number,
          part: number.slice(-BEHIND_FLOOR),
        }))
      : floors.numbers.flatMap((floor) => numbers.numbers.map((part) => ({ floor, number: `${floor}${part}`, part })));
  const homeless = places.find(({ floor }) => floor === '');
  if (homeless !== undefined) return { line, field: 'rooms', is: 'floor-unknown', part: homeless.number };
  const isLeftOut = ({ number, part }: (typeof places)[number]) => whole.has(number) || parts.has(withoutZeros(part));
  return {
    rooms: places
      .filter((place) => !isLeftOut(place))
      .map(({ floor, number }) => ({ building, ...(buildingName && { buildingName }), floor, number, lockType })),
    leftOut: places.filter(isLeftOut).map(({ number }) => number),
  };
}
