import { serial } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { givenTime } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { cardRecordView, rowId, STATUSES, viewOfRecord } from './card-view.ts';

const position = z.strictObject({
  id: z.string(),
  serial: serial.nullable(),
  sequence: z.int(),
  validUntil: z.int(),
  issuedAt: z.int(),
});

export const listCardRecords = endpoint({
  id: 'listCardRecords',
  method: 'GET',
  path: '/v1/properties/{property}/card-records',
  tag: 'cards',
  summary: 'List card records',
  description:
    'The newest first; of a room from its last guest back; with `mayOpen` alone those that end first. A page may be short and not be the last one.',
  right: 'cards.read',
  query: pageQuery.extend({
    card: serial.optional().meta({ description: 'Only what was on this card: its serial in upper-case hex.' }),
    room: rowId.optional().meta({ description: 'Id of a room.' }),
    status: z.enum(STATUSES).optional(),
    mayOpen: z.literal('true').optional().meta({
      description:
        'Only those for which a lock may open now: in use, or out of use and not known to have been shut out, or nobody can tell.',
    }),
    from: givenTime.optional().meta({ description: 'Issued at this time or later.' }),
    until: givenTime.optional().meta({ description: 'Issued before this time.' }),
  }),
  answers: { 200: { description: 'A page of card records.', body: pageOf(cardRecordView) } },
  async handle({ query, property, now, parts }) {
    const { card = null, room = null, status = null, mayOpen, from = null, until = null } = query;
    const { records, next } = await parts.read('cardRecordsPage', {
      propertyId: property.id,
      filter: { serial: card, room, status, mayOpen: mayOpen === 'true', from, until },
      ...readPage(query, position),
      now,
    });
    return {
      status: 200,
      body: { data: records.map(viewOfRecord), nextCursor: next === null ? null : cursorOf(next) },
    };
  },
});
