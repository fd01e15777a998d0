import { z } from 'zod';
import { explain } from '../../domain/causes.ts';
import { type CardFacts, factsOfImage, factsOfRecord } from '../../domain/compare-card.ts';
import { isTerminal, type Operation } from '../../domain/operation.ts';
import { calledName } from '../../domain/places.ts';
import { keyOfRequester } from '../../domain/requester.ts';
import type { OperationDetail, ReadingDetail } from '../../queries/operation-detail.ts';
import { id, time, timeOf, timeOrNull } from '../fields.ts';

/** Ids of rows that an import may have named otherwise than by a UUID. */
const rowId = z.string();

export const STATES = [
  'accepted',
  'granted',
  'unknown',
  'succeeded',
  'rejected',
  'damaged',
  'expired',
  'withdrawn',
  'written-off',
] as const satisfies readonly Operation['state'][];

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const cardFacts = {
  room: rowId.nullable().meta({ description: 'Id of the room that it opens.' }),
  validFrom: time,
  validUntil: time,
  sequence: z
    .int()
    .meta({ description: 'Orders the guests of a room: a lock that has seen a higher one refuses this.' }),
  keyVersion: z.int(),
  normallyOpen: z.boolean(),
  networked: z.boolean(),
  lossReport: z.boolean(),
  sharedDoors: z.boolean(),
};

const readingView = z
  .object({
    state: z.enum(['active', 'expired', 'superseded', 'lost', 'cancelled', 'unknown', 'blank']).meta({
      description: '`active` alone would open its door. `unknown`: it is genuine, and no record of it is kept.',
    }),
    card: z.object(cardFacts).nullable().meta({ description: 'What the card says; null for a blank one.' }),
    record: z
      .object({ id: rowId, status: z.string(), ...cardFacts })
      .nullable()
      .meta({ description: 'What the records believe to be on it; null where they believe that it is blank.' }),
    differences: z.array(
      z.object({
        field: z
          .string()
          .meta({ description: 'A field of both, `content`, or `cardRecord` for a card of another record.' }),
        card: value,
        record: value,
      }),
    ),
  })
  .meta({ id: 'CardReading', description: 'The card that was read, beside what the records believe.' });

/** An operation as /v1 shows it. */
export const operationView = z
  .object({
    id,
    kind: z.enum(['issue', 'read', 'cancel']),
    state: z.enum(STATES).meta({
      description:
        '`rejected`: the card was not changed. `damaged`: it holds neither the old nor the new. `unknown`: nobody can tell yet.',
    }),
    held: z
      .boolean()
      .meta({ description: 'The server was restored from a backup: this waits until its agent has told what it did.' }),
    requester: z.object({
      kind: z.enum(['member', 'apiKey']),
      id: rowId,
      name: z.string().nullable().meta({ description: 'What they are called; null where they have gone.' }),
      account: z
        .string()
        .nullable()
        .meta({ description: 'The developer account of the room-card API that a member asked through.' }),
    }),
    room: z.object({ id: rowId, name: z.string() }).nullable(),
    encoder: z.object({ id: z.int().nullable(), mac: z.string(), name: z.string().nullable() }),
    copy: z.object({ set: id, number: z.int(), of: z.int() }).nullable().meta({
      description: 'Which card of a set of copies it makes, e.g. card 2 of 3; null where it makes one alone.',
    }),
    serial: z.string().nullable().meta({ description: 'The card: wanted, granted or read. Null while any will do.' }),
    cardRecord: rowId.nullable(),
    shownSerial: z.string().nullable().meta({
      description: 'The card that was shown last and would not do, e.g. the damaged one that a read refused.',
    }),
    cause: z.string().nullable().meta({ description: 'Why it ended, or waits; as in the room-card API.' }),
    explanation: z.string().nullable().meta({ description: 'The cause in a sentence, with what to do.' }),
    reading: readingView.nullable().meta({ description: 'Of a read that has succeeded.' }),
    superseded: z.array(z.object({ serial: z.string(), mayOpenUntil: time })).meta({
      description: 'Cards that an issue put out of use. A lock may open for them until it has seen the new one.',
    }),
    acceptedAt: time,
    deadline: time.meta({ description: 'Nothing is written after it.' }),
    endedAt: time.nullable(),
  })
  .meta({ id: 'Operation', description: 'One command to a card, from request to recorded outcome.' });

export type OperationView = z.input<typeof operationView>;

export function viewOfOperation({
  operation,
  requester,
  room,
  encoder,
  copy,
  reading,
  superseded,
}: OperationDetail): OperationView {
  const { memberId, accountSid, acceptedAt, deadline, cause, serial, shown } = operation;
  const keyId = keyOfRequester(memberId);
  const facts = { serial: serial ?? shown ?? '', seconds: Math.round((deadline - acceptedAt) / 100) / 10 };
  return {
    id: operation.id,
    kind: operation.kind,
    state: operation.state,
    held: operation.held,
    requester: {
      kind: keyId === null ? 'member' : 'apiKey',
      id: keyId ?? memberId,
      name: requester,
      account: accountSid,
    },
    room: room && { id: room.id, name: room.name },
    encoder: { id: encoder?.id ?? null, mac: operation.encoder, name: encoder && calledName(encoder) },
    copy: copy && { set: copy.set, number: copy.number, of: copy.of },
    serial,
    cardRecord: operation.recordId,
    shownSerial: shown,
    cause,
    explanation: cause && explain(cause, facts),
    reading: reading && viewOfReading(reading),
    superseded: superseded.map((card) => ({ serial: card.serial, mayOpenUntil: timeOf(card.mayOpenUntil) })),
    acceptedAt: timeOf(acceptedAt),
    deadline: timeOf(deadline),
    endedAt: isTerminal(operation) ? timeOf(operation.settledAt) : null,
  };
}

function viewOfReading({ image, room, state, record, differences }: ReadingDetail): OperationView['reading'] {
  return {
    state,
    card: image && viewOfFacts(factsOfImage(image, room)),
    record: record && { id: record.id, status: record.status, ...viewOfFacts(factsOfRecord(record)) },
    differences: differences.map(({ field, card, record: believed }) => {
      const isTime = field === 'validFrom' || field === 'validUntil';
      const told = (each: typeof card) => (isTime && typeof each === 'number' ? timeOrNull(each) : each);
      return { field, card: told(card), record: told(believed) };
    }),
  };
}

function viewOfFacts(facts: CardFacts) {
  return { ...facts, validFrom: timeOf(facts.validFrom), validUntil: timeOf(facts.validUntil) };
}
