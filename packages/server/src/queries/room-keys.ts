import { isLater, wasIssued } from '../domain/card-life.ts';
import type { CardRecord } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { type CardRecordDetail, detailOfRecord } from './card-records-page.ts';
import { mayOpenUntil } from './may-open.ts';
import { highestIssued, upcomingCards } from './room-cards.ts';

/** The cards of a room, by what they do at its door. */
export interface RoomKeys {
  /** Of the guest who has the room now. */
  readonly current: readonly CardRecordDetail[];
  /** Of stays that begin later, by when they begin. */
  readonly upcoming: readonly CardRecordDetail[];
  /** Being issued, or nobody can tell whether they were. */
  readonly pending: readonly CardRecordDetail[];
  /** Out of use; the lock may open for them until it has seen a newer card. */
  readonly outOfUse: readonly CardRecordDetail[];
}

/** Pending and ended cards of a room that are told: more of them are hardly out at one time. */
const TOLD = 200;

/** What is out of a room's keys; null where there is no such room. A card whose begin has passed counts as begun. */
export function roomKeys(
  tx: ReadTx,
  { propertyId, id, now }: { readonly propertyId: string; readonly id: string; readonly now: number },
): RoomKeys | null {
  const room = tx.get('rooms', propertyId, id);
  if (room === undefined) return null;
  const forLater = upcomingCards(tx, room);
  const due = forLater.filter((each) => !isLater(each, now));
  const newest = Math.max(highestIssued(tx, room), ...due.filter(wasIssued).map(({ sequence }) => sequence));
  const active = [
    ...tx.find('cardRecords', 'activeBySequence', [propertyId, id]),
    ...due.filter(({ status }) => status === 'active'),
  ];
  const pending = [
    ...tx.find('cardRecords', 'pendingBySequence', [propertyId, id], { reverse: true, limit: TOLD }),
    ...due.filter(({ status }) => status === 'pending'),
  ];
  const ended = tx.find('cardRecords', 'endedByEnd', [propertyId, id], { from: now + 1, limit: TOLD });
  const isHis = ({ sequence }: CardRecord) => sequence >= newest;
  const told = (records: readonly CardRecord[]) =>
    records.filter(({ validUntil }) => validUntil > now).map((record) => detailOfRecord(tx, record, now));
  return {
    current: told(active.filter(isHis)),
    upcoming: told(forLater.filter((each) => isLater(each, now))),
    pending: told(pending),
    outOfUse: told(
      [...active.filter((each) => !isHis(each)), ...ended].filter((each) => mayOpenUntil(tx, each, now) !== null),
    ).filter(({ record }) => !isLater(record, now)),
  };
}
