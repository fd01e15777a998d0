import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { line } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { agentView, DESK_NAME_LENGTH, viewOfAgent } from './agent-view.ts';

export const changeAgent = endpoint({
  id: 'changeAgent',
  method: 'PATCH',
  path: '/v1/properties/{property}/agents/{agent}',
  tag: 'agents',
  summary: 'Rename a front desk',
  description: 'It keeps this name when it is paired anew. With null it has the name of its computer again.',
  right: 'agents.write',
  params: z.strictObject({ agent: agentId }),
  body: z.strictObject({ name: line(DESK_NAME_LENGTH).nullable().optional() }),
  comparesTags: true,
  answers: { 200: { description: 'The front desk as it is now.', body: agentView } },
  async handle({ params, body, property, knownTags, doer, now, change, parts }) {
    const given = { propertyId: property.id, agentId: params.agent, name: body.name, knownTags, doer, now };
    const result = await change('changeAgent', given);
    if (result.verdict !== 'changed') throw new ProblemError(result.verdict);
    const { detail } = result;
    const shown = viewOfAgent(detail, parts.desks.isOnline(params.agent), now);
    return { status: 200, body: shown, etag: entityTag({ ...detail.facts }) };
  },
});
