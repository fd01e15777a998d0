import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { agentView, showAgent } from './agent-view.ts';

export const revokeAgent = endpoint({
  id: 'revokeAgent',
  method: 'POST',
  path: '/v1/properties/{property}/agents/{agent}/revoke',
  tag: 'agents',
  summary: 'Revoke a front desk',
  description:
    'Its connection ends at once, and its key is never taken again. What waits there is withdrawn, and who was signed in there is not any more.',
  right: 'agents.write',
  params: z.strictObject({ agent: agentId }),
  answers: { 200: { description: 'The front desk, which has ended.', body: agentView } },
  async handle({ params, property, doer, now, change, parts }) {
    const given = { propertyId: property.id, agentId: params.agent, actor: doer.actor, doer, now };
    const { found, encoders } = await change('revokeAgent', given);
    if (!found) throw new ProblemError('not-found');
    parts.desks.cutOff(params.agent, encoders);
    return { status: 200, body: (await showAgent(parts, property.id, params.agent)).view };
  },
});
