import { z } from 'zod';
import { keyOfRequester } from '../../domain/requester.ts';
import type { RoomHistoryLine } from '../../queries/room-history-page.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, time, timeOf } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { ProblemError } from '../problems.ts';
import { rowId } from './card-view.ts';

const KINDS = [
  'issued',
  'read',
  'cancelled',
  'superseded',
  'lost',
  'retired',
] as const satisfies readonly RoomHistoryLine['kind'][];

const historyLineView = z
  .object({
    id: z.string(),
    at: time,
    kind: z.enum(KINDS),
    serial: z.string().nullable().meta({ description: 'The card; null while nobody knows on which.' }),
    record: rowId.meta({ description: 'Id of its card record.' }),
    holder: z.string().nullable(),
    requester: z
      .object({ kind: z.enum(['member', 'apiKey']), id: rowId, name: z.string().nullable() })
      .nullable()
      .meta({ description: 'The member or API key that asked for it; null where nobody did.' }),
    validFrom: time,
    validUntil: time.meta({
      description: 'The end that is on the card; of one that is out of use, until when it may still open.',
    }),
  })
  .meta({ id: 'RoomHistoryLine', description: "A line of a room's history: what became of a card of it." });

const position = z.strictObject({ at: z.int(), id: z.string() });

export const listRoomHistory = endpoint({
  id: 'listRoomHistory',
  method: 'GET',
  path: '/v1/properties/{property}/rooms/{room}/history',
  tag: 'cards',
  summary: "List a room's history",
  description:
    'Cards of the room that were issued, read, cancelled, superseded, lost or retired, the newest first. A page may be short and not be the last one.',
  right: 'cards.read',
  params: z.strictObject({ room: rowId }),
  query: pageQuery.extend({
    kinds: z
      .string()
      .max(100)
      .transform((text, context) => {
        const kinds = [...new Set(text.split(','))];
        const wrong = kinds.find((kind) => !(KINDS as readonly string[]).includes(kind));
        if (wrong !== undefined)
          context.addIssue({ code: 'custom', message: `names ${wrong.slice(0, 20)}; it takes ${KINDS.join(', ')}` });
        return kinds as (typeof KINDS)[number][];
      })
      .optional()
      .meta({ description: `Only these, with commas between them: ${KINDS.map((kind) => `\`${kind}\``).join(', ')}.` }),
    from: givenTime.optional().meta({ description: 'At this time or later.' }),
    until: givenTime.optional().meta({ description: 'Before this time.' }),
  }),
  answers: { 200: { description: 'A page of the history.', body: pageOf(historyLineView) } },
  async handle({ params, query, property, parts }) {
    const { kinds = null, from = null, until = null } = query;
    const where = { propertyId: property.id, roomId: params.room };
    const page = await parts.read('roomHistoryPage', { ...where, kinds, from, until, ...readPage(query, position) });
    if (page === null) throw new ProblemError('not-found');
    return {
      status: 200,
      body: { data: page.lines.map(viewOfLine), nextCursor: page.next === null ? null : cursorOf(page.next) },
    };
  },
});

function viewOfLine(line: RoomHistoryLine): z.input<typeof historyLineView> {
  const { id, at, kind, serial, recordId, owner, requesterId, member, validFrom, validUntil } = line;
  const keyId = requesterId === null ? null : keyOfRequester(requesterId);
  return {
    id,
    at: timeOf(at),
    kind,
    serial,
    record: recordId,
    holder: owner,
    requester:
      requesterId === null
        ? null
        : { kind: keyId === null ? 'member' : 'apiKey', id: keyId ?? requesterId, name: member },
    validFrom: timeOf(validFrom),
    validUntil: timeOf(validUntil),
  };
}
