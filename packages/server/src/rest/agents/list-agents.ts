import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { trueOrFalse } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { agentState, agentView, viewOfAgent } from './agent-view.ts';

const position = z.strictObject({ id: z.string() });

export const listAgents = endpoint({
  id: 'listAgents',
  method: 'GET',
  path: '/v1/properties/{property}/agents',
  tag: 'agents',
  summary: 'List front desks',
  description: 'The newest first, also those that were revoked. A page may be short and not be the last one.',
  right: 'agents.read',
  query: pageQuery.extend({ state: agentState.optional(), connected: trueOrFalse.optional() }),
  answers: { 200: { description: 'A page of front desks.', body: pageOf(agentView) } },
  async handle({ query, property, now, parts }) {
    const { state = null, connected } = query;
    const page = { ...readPage(query, position), propertyId: property.id, state };
    const { agents, next } = await parts.read('agentsPage', page);
    const data = agents
      .map((detail) => viewOfAgent(detail, parts.desks.isOnline(detail.facts.id), now))
      .filter((agent) => connected === undefined || agent.connected === connected);
    return { status: 200, body: { data, nextCursor: next === null ? null : cursorOf(next) } };
  },
});
