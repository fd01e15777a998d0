import { entityTag } from '../../domain/entity-tag.ts';
import { taggedWebhook } from '../../domain/webhook.ts';
import { endpoint } from '../endpoint.ts';
import { pathOf, type WebhookScope, webhookOf, webhookParams } from './scope.ts';
import { viewOfWebhook, webhookView } from './webhook-view.ts';

export const getWebhook = (scope: WebhookScope) =>
  endpoint({
    id: `get${scope.name}Webhook`,
    method: 'GET',
    path: pathOf(scope, '/webhooks/{webhook}'),
    tag: 'webhooks',
    summary: `Get a webhook${scope.of}`,
    description: 'With how far it is: its `ETag` is not of that.',
    right: scope.reads,
    params: webhookParams,
    answers: { 200: { description: 'The webhook.', body: webhookView } },
    async handle({ property, params, parts }) {
      const seen = await webhookOf(parts, property, params);
      return { status: 200, body: viewOfWebhook(seen), etag: entityTag(taggedWebhook(seen.webhook)) };
    },
  });
