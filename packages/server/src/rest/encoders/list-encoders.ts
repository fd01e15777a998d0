import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { encoderView, viewOfEncoder } from './encoder-view.ts';

const position = z.strictObject({ id: z.int(), mac: z.string() });

export const listEncoders = endpoint({
  id: 'listEncoders',
  method: 'GET',
  path: '/v1/properties/{property}/encoders',
  tag: 'encoders',
  summary: 'List encoders',
  description: 'By their ids, also those that no front desk has now. A page may be short and not be the last one.',
  right: 'encoders.read',
  query: pageQuery.extend({ agent: agentId.optional().meta({ description: 'Only those of this front desk.' }) }),
  answers: { 200: { description: 'A page of encoders.', body: pageOf(encoderView) } },
  async handle({ query, property, parts }) {
    const { agent = null } = query;
    const page = { ...readPage(query, position), propertyId: property.id, agent };
    const { encoders, next } = await parts.read('encodersPage', page);
    const data = encoders.map((detail) => viewOfEncoder(detail, parts.desks.isOnline));
    return { status: 200, body: { data, nextCursor: next === null ? null : cursorOf(next) } };
  },
});
