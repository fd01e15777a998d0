import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, timeOrNull } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { apiKeyView, keysFor, viewOfApiKey } from './api-key-view.ts';

export const getApiKey = endpoint({
  id: 'getApiKey',
  method: 'GET',
  path: '/v1/api-keys/{apiKey}',
  tag: 'api-keys',
  summary: 'Get an API key',
  right: 'apiKeys.read',
  params: z.strictObject({ apiKey: id }),
  answers: { 200: { description: 'The API key, without its token.', body: apiKeyView } },
  async handle({ params, caller, parts }) {
    const found = await parts.read('getApiKey', { id: params.apiKey, ...keysFor(caller) });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: { ...viewOfApiKey(found.apiKey), lastUsedAt: timeOrNull(found.lastUsedAt) } };
  },
});
