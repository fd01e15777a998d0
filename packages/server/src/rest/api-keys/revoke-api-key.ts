import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { keysFor } from './api-key-view.ts';

export const revokeApiKey = endpoint({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/v1/api-keys/{apiKey}',
  tag: 'api-keys',
  summary: 'Revoke an API key',
  description: 'It ends at once and for good. It stays in the list.',
  right: 'apiKeys.write',
  params: z.strictObject({ apiKey: id }),
  answers: { 204: { description: 'It has ended.' } },
  problems: ['owner-key-stays'],
  async handle({ params, caller, doer, now, change, parts }) {
    // What a key acts for never changes, so that looking before the change is soon enough.
    const found = await parts.read('getApiKey', { id: params.apiKey, ...keysFor(caller) });
    if (found === null) throw new ProblemError('not-found');
    if (found.apiKey.ownerKey) throw new ProblemError('owner-key-stays');
    await change('revokeApiKey', { id: params.apiKey, doer, now });
    return { status: 204 };
  },
});
