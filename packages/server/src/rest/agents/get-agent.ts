import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { agentView, showAgent } from './agent-view.ts';

export const getAgent = endpoint({
  id: 'getAgent',
  method: 'GET',
  path: '/v1/properties/{property}/agents/{agent}',
  tag: 'agents',
  summary: 'Get a front desk',
  right: 'agents.read',
  params: z.strictObject({ agent: agentId }),
  answers: { 200: { description: 'The front desk.', body: agentView } },
  async handle({ params, property, parts }) {
    const { detail, view } = await showAgent(parts, property.id, params.agent);
    return { status: 200, body: view, etag: entityTag({ ...detail.facts }) };
  },
});
