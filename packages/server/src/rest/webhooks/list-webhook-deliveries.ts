import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { pathOf, type WebhookScope, webhookOf, webhookParams } from './scope.ts';
import { deliveryView, viewOfDelivery } from './webhook-view.ts';

const position = z.strictObject({ number: z.int(), nextAt: z.int().nullable() });

export const listWebhookDeliveries = (scope: WebhookScope) =>
  endpoint({
    id: `list${scope.name}WebhookDeliveries`,
    method: 'GET',
    path: pathOf(scope, '/webhooks/{webhook}/deliveries'),
    tag: 'webhooks',
    summary: `List deliveries of a webhook${scope.of}`,
    description:
      'The newest event first; those that wait by when they are sent again, the last first. A thousand that arrived are kept for a week, and a thousand dead ones for a month.',
    right: scope.reads,
    params: webhookParams,
    query: pageQuery.extend({ state: z.enum(['waiting', 'delivered', 'dead']).optional() }),
    answers: { 200: { description: 'A page of deliveries.', body: pageOf(deliveryView) } },
    async handle({ property, params, query, parts }) {
      const { webhook } = await webhookOf(parts, property, params);
      const { limit, after } = readPage(query, position);
      const rows = await parts.read('deliveriesPage', {
        propertyId: webhook.propertyId,
        webhookId: webhook.id,
        state: query.state ?? null,
        after,
        limit: limit + 1,
      });
      return { status: 200, body: toPage(rows, limit, viewOfDelivery, ({ number, nextAt }) => ({ number, nextAt })) };
    },
  });
