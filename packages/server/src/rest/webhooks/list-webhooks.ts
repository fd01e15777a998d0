import { z } from 'zod';
import { WEBHOOKS } from '../../domain/webhook.ts';
import { endpoint } from '../endpoint.ts';
import { logOf, pathOf, type WebhookScope } from './scope.ts';
import { viewOfWebhook, webhookView } from './webhook-view.ts';

export const listWebhooks = (scope: WebhookScope) =>
  endpoint({
    id: `list${scope.name}Webhooks`,
    method: 'GET',
    path: pathOf(scope, '/webhooks'),
    tag: 'webhooks',
    summary: `List webhooks${scope.of}`,
    description: `The newest first; there are ${WEBHOOKS.most} at most.`,
    right: scope.reads,
    answers: { 200: { description: 'All webhooks.', body: z.object({ data: z.array(webhookView) }) } },
    async handle({ property, parts }) {
      const webhooks = await parts.read('listWebhooks', { propertyId: logOf(property) });
      return { status: 200, body: { data: webhooks.map(viewOfWebhook) } };
    },
  });
