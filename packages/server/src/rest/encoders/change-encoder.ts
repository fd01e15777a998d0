import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { DESK_NAME_LENGTH } from '../agents/agent-view.ts';
import { endpoint } from '../endpoint.ts';
import { line } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { encoderId, encoderView, viewOfEncoder } from './encoder-view.ts';

export const changeEncoder = endpoint({
  id: 'changeEncoder',
  method: 'PATCH',
  path: '/v1/properties/{property}/encoders/{encoder}',
  tag: 'encoders',
  summary: 'Name an encoder, or mark it for signed-in members',
  description:
    'What is left out stays, whatever its front desk tells later. A mark is for this front desk: another one that gets the encoder says itself.',
  right: 'encoders.write',
  params: z.strictObject({ encoder: encoderId }),
  body: z.strictObject({
    name: line(DESK_NAME_LENGTH)
      .nullable()
      .optional()
      .meta({ description: 'With null it is called as its front desk calls it.' }),
    forSignedIn: z.boolean().nullable().optional().meta({
      description:
        'True: card types 2 and 3 go to this encoder of its front desk, and to no other there. With null, that front desk says again which one they go to.',
    }),
  }),
  comparesTags: true,
  answers: { 200: { description: 'The encoder as it is now.', body: encoderView } },
  problems: ['not-in-this-state'],
  async handle({ params, body, property, knownTags, doer, now, change, parts }) {
    const given = { ...body, propertyId: property.id, id: params.encoder, knownTags, doer, now };
    const result = await change('changeEncoder', given);
    if (result.verdict === 'at-no-desk')
      throw new ProblemError('not-in-this-state', { detail: 'No front desk has this encoder; plug it in first.' });
    if (result.verdict !== 'changed') throw new ProblemError(result.verdict);
    const { detail } = result;
    if (detail.agent !== null) parts.desks.tellCalled(detail.agent.id);
    const etag = entityTag({ ...detail.facts });
    return { status: 200, body: viewOfEncoder(detail, parts.desks.isOnline), etag };
  },
});
