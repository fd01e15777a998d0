import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { logOf, pathOf, type WebhookScope, webhookParams } from './scope.ts';

export const replayWebhook = (scope: WebhookScope) =>
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
