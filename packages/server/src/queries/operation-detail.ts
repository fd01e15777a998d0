import { type CardImage, decodeCardImage, imageOf, type OperationId } from '@keyrack/protocol';
import { type CardDifference, compareCard } from '../domain/compare-card.ts';
import type { Copy } from '../domain/copy-set.ts';
import type { Operation } from '../domain/operation.ts';
import type { CardRecord, Encoder, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { type CardDescription, describeCard } from './describe-card.ts';
import { knownRecord } from './known-card.ts';
import { listSuperseded } from './listings.ts';
import { nameOfRequester } from './name-of.ts';

/** An operation with what people want to know of it. */
export interface OperationDetail {
  readonly operation: Operation;
  /** What the member or API key that asked is called; null where it has gone. */
  readonly requester: string | null;
  readonly room: Room | null;
  readonly encoder: Encoder | null;
  /** Which card of a set of copies it makes; null where it makes one alone. */
  readonly copy: Copy | null;
  /** Of a read that has ended; null for others. */
  readonly reading: ReadingDetail | null;
  /** Cards that an issue put out of use. */
  readonly superseded: readonly { readonly serial: string; readonly mayOpenUntil: number }[];
}

export interface ReadingDetail {
  readonly image: CardImage | null;
  /** Null where the property has no room with the card's lock number. */
  readonly room: Room | null;
  readonly state: CardDescription['state'] | 'blank';
  /** What the records believe to be on this plastic now. */
  readonly record: CardRecord | null;
  readonly differences: readonly CardDifference[];
}

export function operationDetail(
  tx: ReadTx,
  input: { readonly propertyId: string; readonly id: OperationId; readonly now: number },
): OperationDetail | null {
  const operation = tx.get('operations', input.propertyId, input.id);
  return operation === undefined ? null : detailOf(tx, operation, input.now);
}

export function detailOf(tx: ReadTx, operation: Operation, now: number): OperationDetail {
  const { propertyId, id, recordId, kind, state } = operation;
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  const reading = readingOf(tx, operation, now);
  return {
    operation,
    requester: nameOfRequester(tx, propertyId, operation.memberId),
    room: (record && tx.get('rooms', propertyId, record.roomId)) ?? reading?.room ?? null,
    encoder: tx.get('encoders', propertyId, operation.encoder) ?? null,
    copy: (kind === 'issue' ? tx.get('copies', propertyId, id) : null) ?? null,
    reading,
    superseded: kind === 'issue' && state === 'succeeded' ? listSuperseded(tx, { propertyId, operation: id }) : [],
  };
}

function readingOf(tx: ReadTx, { propertyId, kind, serial, reading }: Operation, now: number): ReadingDetail | null {
  if (kind !== 'read' || serial === null || reading === null) return null;
  const decoded = reading === 'unreadable' ? null : decodeCardImage(imageOf(reading));
  const image = decoded?.kind === 'image' ? decoded.image : null;
  const described = image === null ? null : describeCard(tx, { propertyId, serial, reading, now });
  const room = described?.room ?? null;
  const record = knownRecord(tx, propertyId, serial);
  return { image, room, state: described?.state ?? 'blank', record, differences: compareCard(image, room, record) };
}
