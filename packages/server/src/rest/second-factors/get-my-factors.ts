import { endpoint } from '../endpoint.ts';
import { personOf } from '../people/signed-in.ts';
import { factorsView, viewOfFactors } from './factors-view.ts';

export const getMyFactors = endpoint({
  id: 'getMyFactors',
  method: 'GET',
  path: '/v1/me/factors',
  tag: 'people',
  summary: "Get one's own second factors",
  description: 'A person has them, and no membership: by the session of a membership there are none to see.',
  right: 'self.read',
  answers: { 200: { description: 'The factors.', body: factorsView } },
  problems: ['person-needed'],
  async handle({ caller, parts }) {
    const factors = await parts.read('factorsOf', { personId: personOf(caller) });
    return { status: 200, body: viewOfFactors(factors) };
  },
});
