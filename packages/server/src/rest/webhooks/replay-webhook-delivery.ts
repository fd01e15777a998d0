import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { logOf, pathOf, type WebhookScope, webhookParams } from './scope.ts';
import { deliveryView, viewOfDelivery } from './webhook-view.ts';

export const replayWebhookDelivery = (scope: WebhookScope) =>
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
