import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { timeOrNull } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { apiKeyView, keysFor, viewOfApiKey } from './api-key-view.ts';

const position = z.strictObject({ id: z.string() });

export const listApiKeys = endpoint({
  id: 'listApiKeys',
  method: 'GET',
  path: '/v1/api-keys',
  tag: 'api-keys',
  summary: 'List API keys',
  description: 'The newest first, also those that have ended. A page may be short and not be the last one.',
  right: 'apiKeys.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of API keys.', body: pageOf(apiKeyView) } },
  async handle({ query, caller, parts }) {
    const { keys, next } = await parts.read('apiKeysPage', { ...keysFor(caller), ...readPage(query, position) });
    const data = keys.map(({ apiKey, lastUsedAt }) => ({
      ...viewOfApiKey(apiKey),
      lastUsedAt: timeOrNull(lastUsedAt),
    }));
    return { status: 200, body: { data, nextCursor: next === null ? null : cursorOf(next) } };
  },
});
