import { advanceCard, type CardEvent } from '../../domain/card-life.ts';
import { isLossReport } from '../../domain/issue-image.ts';
import type { CardRecord } from '../../domain/places.ts';
import { firstIssuedAfter } from '../../queries/room-cards.ts';
import type { Tx } from '../../store/store.ts';

/** A card that another one put out of use, and until when it may still open (Unix milliseconds). */
export interface Ended {
  readonly record: CardRecord;
  readonly mayOpenUntil: number;
}

/**
 * Ends the cards that an issued card puts out of use: those of earlier guests, and the one on this plastic before. The issued
 * card itself ends where a later guest's was issued before its own outcome was known: the room's lock goes by the sequence.
 */
export function endEarlierCards(tx: Tx, issued: CardRecord, at: number): Ended[] {
  const ended = new Map<string, Ended>();
  const end = (record: CardRecord, event: CardEvent, mayOpenUntil: number) => {
    const next = advanceCard(record, event, at);
    if (next === record || ended.has(record.id)) return;
    tx.put('cardRecords', next);
    ended.set(record.id, { record: next, mayOpenUntil });
  };
  if (issued.serial !== null) {
    for (const other of tx.find('cardRecords', 'activeBySerial', [issued.propertyId, issued.serial])) {
      // It was overwritten, so it opens nothing from now on.
      if (other.id !== issued.id) end(other, 'superseded', at);
    }
  }
  const how = (later: CardRecord) => (isLossReport(later) ? 'loss-reported' : 'superseded');
  const { propertyId, roomId, sequence } = issued;
  for (const other of tx.find('cardRecords', 'activeBySequence', [propertyId, roomId], { before: sequence }))
    end(other, how(issued), other.validUntil);
  const successor = firstIssuedAfter(tx, issued);
  if (successor !== undefined) end(issued, how(successor), issued.validUntil);
  return [...ended.values()];
}
