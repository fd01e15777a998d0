import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { ProblemError } from '../problems.ts';
import { logOf, pathOf, type WebhookScope, webhookOf, webhookParams } from './scope.ts';
import { deliveryView, viewOfDelivery } from './webhook-view.ts';

const position = z.strictObject({ number: z.int(), nextAt: z.int().nullable() });

const listDeliveries = (scope: WebhookScope) =>
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

const replayDelivery = (scope: WebhookScope) =>
  endpoint({
    id: `replay${scope.name}WebhookDelivery`,
    method: 'POST',
    path: pathOf(scope, '/webhooks/{webhook}/deliveries/{number}/replay'),
    tag: 'webhooks',
    summary: `Send an event to a webhook${scope.of} again`,
    description: 'Any event of its log, by number, as if it were new; with its retries.',
    right: scope.writes,
    params: webhookParams.extend({
      number: z
        .string()
        .regex(/^[1-9]\d{0,14}$/)
        .transform(Number)
        .meta({ description: "The event's number." }),
    }),
    answers: { 200: { description: 'The delivery, which waits.', body: deliveryView } },
    async handle({ property, params, parts, change, doer, now }) {
      const ref = { propertyId: logOf(property), webhookId: params.webhook };
      const result = await change('replayDelivery', { ...ref, number: params.number, doer, now });
      if (result.verdict === 'not-found') throw new ProblemError('not-found');
      parts.webhooks.changed(ref);
      return { status: 200, body: viewOfDelivery(result.delivery) };
    },
  });

const replayDead = (scope: WebhookScope) =>
  endpoint({
    id: `replay${scope.name}Webhook`,
    method: 'POST',
    path: pathOf(scope, '/webhooks/{webhook}/replay'),
    tag: 'webhooks',
    summary: `Send all dead deliveries of a webhook${scope.of} again`,
    description: 'The oldest 500 of them; `more` says whether there are others.',
    right: scope.writes,
    params: webhookParams,
    answers: {
      200: {
        description: 'How many are sent again.',
        body: z.object({ replayed: z.int(), more: z.boolean() }).meta({ id: 'ReplayedDeliveries' }),
      },
    },
    async handle({ property, params, parts, change, doer, now }) {
      const ref = { propertyId: logOf(property), webhookId: params.webhook };
      const result = await change('replayDead', { ...ref, doer, now });
      if (result.verdict === 'not-found') throw new ProblemError('not-found');
      parts.webhooks.changed(ref);
      return { status: 200, body: { replayed: result.replayed, more: result.more } };
    },
  });

export const deliveryEndpoints = (scope: WebhookScope): readonly Endpoint[] =>
  [listDeliveries, replayDelivery, replayDead].map((make) => make(scope));
