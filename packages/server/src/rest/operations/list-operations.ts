import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { givenTime, line } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { refusedBy } from '../problems.ts';
import { operationView, STATES, viewOfOperation } from './operation-view.ts';

const position = z.strictObject({ id: z.string(), place: z.int() });

export const listOperations = endpoint({
  id: 'listOperations',
  method: 'GET',
  path: '/v1/properties/{property}/operations',
  tag: 'operations',
  summary: 'List operations',
  description: 'The newest first, those of the room-card API too. A page may be short and not be the last one.',
  right: 'operations.read',
  query: pageQuery.extend({
    state: z
      .enum([...STATES, 'open'])
      .optional()
      .meta({ description: '`open`: accepted or granted.' }),
    held: z.literal('true').optional().meta({ description: 'Only those that wait for their agent after a restore.' }),
    attention: z.literal('true').optional().meta({
      description:
        'Only those that a person has to look after: unknown ones, damaged ones whose card still is, and those that are held.',
    }),
    kind: z.enum(['issue', 'read', 'cancel']).optional(),
    room: z.string().min(1).max(64).optional().meta({ description: 'Id of a room.' }),
    encoder: z
      .string()
      .regex(/^\d{1,9}$/, 'is the id of an encoder')
      .transform(Number)
      .optional()
      .meta({ description: 'Id of an encoder.' }),
    requester: z.string().min(1).max(64).optional().meta({ description: 'Id of the member or API key that asked.' }),
    from: givenTime.optional().meta({ description: 'Accepted at this time or later.' }),
    until: givenTime.optional().meta({ description: 'Accepted before this time.' }),
    search: line(64).optional().meta({
      description:
        "A part of the room's name or number, the end of the card's serial, or the whole id of an operation.",
    }),
  }),
  answers: { 200: { description: 'A page of operations.', body: pageOf(operationView) } },
  problems: ['refused'],
  async handle({ query, property, now, parts }) {
    const { state = null, kind = null, room = null, from = null, until = null, held, requester = null } = query;
    const { attention, search = null } = query;
    const propertyId = property.id;
    const encoder =
      query.encoder === undefined ? null : await parts.read('findEncoder', { propertyId, id: query.encoder });
    if (query.encoder !== undefined && encoder === null) throw refusedBy({ cause: 'encoder-unknown' });
    const { operations, next } = await parts.read('operationsPage', {
      propertyId,
      filter: {
        ...{ state, kind, room, from, until, requester, search },
        ...{ held: held === 'true', attention: attention === 'true', encoder: encoder?.mac ?? null },
      },
      ...readPage(query, position),
      now,
    });
    const data = operations.map(viewOfOperation);
    return { status: 200, body: { data, nextCursor: next === null ? null : cursorOf(next) } };
  },
});
