import type { Input } from '@keyrack/sdk';
import { isLockType, USUAL_LOCK_TYPE } from '../../lock/lock-types.ts';
import type { Room } from '../places.ts';
import type { CsvColumn, CsvLine } from './rooms-csv.ts';

export type RoomLine = Input<'importRooms'>['rooms'][number];

/** What is wrong with a field of a line: found here, or told by the server. */
export interface LineFault {
  readonly field: CsvColumn;
  readonly why:
    | { readonly is: 'no-number' | 'no-lock-type' | 'no-yes-or-no' | 'no-whole-number' | 'too-long' }
    | { readonly is: 'repeated'; readonly earlier: number }
    | { readonly is: 'lock-number-stays'; readonly has: number }
    | { readonly is: 'told'; readonly detail: string };
}

export interface Difference {
  readonly field: CsvColumn;
  readonly from: string;
  readonly to: string;
}

/** What becomes of a line. */
export interface PlannedLine extends CsvLine {
  readonly becomes: 'added' | 'changed' | 'unchanged' | 'wrong';
  /** Of one that changes a room. */
  readonly differences: readonly Difference[];
  readonly faults: readonly LineFault[];
  /** As /v1 takes it; null for a wrong one. */
  readonly room: RoomLine | null;
}

const NUMBER = /^[0-9A-Za-z]{1,20}$/;
const YES = ['yes', 'true', '1', 'y', '是'];
const NO = ['no', 'false', '0', 'n', '否'];

/** Compares lines with the rooms that are there: what would be added, changed, or can't be taken. Pure. */
export function planLines(lines: readonly CsvLine[], rooms: readonly Room[]): PlannedLine[] {
  const there = new Map(rooms.map((room) => [keyOf(room.building.number, room.floor.number, room.number), room]));
  const seen = new Map<string, number>();
  return lines.map((given): PlannedLine => {
    const { line, fields } = given;
    const faults: LineFault[] = [];
    const wrong = (field: CsvColumn, why: LineFault['why']) => faults.push({ field, why });
    const room = roomOf(fields, wrong);
    const key = keyOf(room.building, room.floor, room.number);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, line);
    else wrong('number', { is: 'repeated', earlier });
    const known = there.get(key);
    if (known !== undefined && room.lockNumber !== undefined && room.lockNumber !== known.lock.number)
      wrong('lockNumber', { is: 'lock-number-stays', has: known.lock.number });
    if (faults.length > 0) return { ...given, becomes: 'wrong', differences: [], faults, room: null };
    if (known === undefined) return { ...given, becomes: 'added', differences: [], faults, room };
    const differences = differencesOf(known, room);
    return { ...given, becomes: differences.length > 0 ? 'changed' : 'unchanged', differences, faults, room };
  });
}

/** The plan with what the server says of its lines: `rooms.3.number` is of the fourth line that was sent. */
export function withToldFaults(
  plan: readonly PlannedLine[],
  errors: readonly { readonly path: string; readonly detail: string }[],
): PlannedLine[] {
  const sent = plan.filter(({ room }) => room !== null);
  const faults = new Map<PlannedLine, LineFault[]>();
  for (const { path, detail } of errors) {
    const [, at = '', field = 'number'] = /^rooms\.(\d+)(?:\.(\w+))?$/.exec(path) ?? [];
    const line = at === '' ? undefined : sent[Number(at)];
    if (line === undefined) continue;
    const fault: LineFault = { field: field as CsvColumn, why: { is: 'told', detail } };
    faults.set(line, [...(faults.get(line) ?? []), fault]);
  }
  return plan.map((line) => {
    const told = faults.get(line);
    return told === undefined ? line : { ...line, becomes: 'wrong', faults: [...line.faults, ...told] };
  });
}

export function countLines(plan: readonly PlannedLine[]): Record<PlannedLine['becomes'], number> {
  const counts = { added: 0, changed: 0, unchanged: 0, wrong: 0 };
  for (const { becomes } of plan) counts[becomes] += 1;
  return counts;
}

function keyOf(building: string, floor: string, number: string): string {
  return `${building} ${floor} ${number}`;
}

/** A line in the words of /v1. An empty field says nothing. */
function roomOf(fields: CsvLine['fields'], wrong: (field: CsvColumn, why: LineFault['why']) => void): RoomLine {
  const text = (field: CsvColumn) => fields[field] ?? '';
  for (const field of ['building', 'floor', 'number'] as const)
    if (!NUMBER.test(text(field))) wrong(field, { is: 'no-number' });
  for (const field of ['buildingName', 'floorName', 'name'] as const)
    if (text(field).length > 64) wrong(field, { is: 'too-long' });
  const lockType = text('lockType');
  if (!isLockType(lockType)) wrong('lockType', { is: 'no-lock-type' });
  const gateway = text('gateway').toLowerCase();
  const isYesOrNo = YES.includes(gateway) || NO.includes(gateway);
  if (gateway !== '' && !isYesOrNo) wrong('gateway', { is: 'no-yes-or-no' });
  const whole = (field: 'lockNumber' | 'keyVersion', most: number) => {
    if (text(field) === '') return {};
    const value = Number(text(field));
    if (/^[0-9]{1,10}$/.test(text(field)) && value >= 1 && value <= most) return { [field]: value };
    wrong(field, { is: 'no-whole-number' });
    return {};
  };
  const named = (['buildingName', 'floorName', 'name'] as const).filter((field) => text(field) !== '');
  return {
    building: text('building'),
    floor: text('floor'),
    number: text('number'),
    lockType: isLockType(lockType) ? lockType : USUAL_LOCK_TYPE,
    ...Object.fromEntries(named.map((field) => [field, text(field)])),
    ...(isYesOrNo && { gateway: YES.includes(gateway) }),
    ...whole('lockNumber', 0xffff_ffff),
    ...whole('keyVersion', 255),
  };
}

function differencesOf(known: Room, line: RoomLine): Difference[] {
  const { building, floor, lock } = known;
  const now: readonly (readonly [CsvColumn, string | boolean | number | null])[] = [
    ['buildingName', building.name],
    ['floorName', floor.name],
    ['name', known.name],
    ['lockType', lock.type],
    ['gateway', lock.gateway],
    ['keyVersion', lock.keyVersion],
  ];
  return now.flatMap(([field, value]) => {
    const wanted = line[field];
    return wanted === undefined || wanted === value ? [] : [{ field, from: told(value), to: told(wanted) }];
  });
}

function told(value: string | boolean | number | null): string {
  return value === null ? '' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
