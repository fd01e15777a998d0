import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { logOf, pathOf, type WebhookScope, webhookParams } from './scope.ts';

export const removeWebhook = (scope: WebhookScope) =>
  endpoint({
    id: `remove${scope.name}Webhook`,
    method: 'DELETE',
    path: pathOf(scope, '/webhooks/{webhook}'),
    tag: 'webhooks',
    summary: `Remove a webhook${scope.of}`,
    description: 'With its deliveries. Nothing is sent any more.',
    right: scope.writes,
    params: webhookParams,
    answers: { 204: { description: 'It is gone.' } },
    async handle({ property, params, parts, change, doer, now }) {
      const ref = { propertyId: logOf(property), webhookId: params.webhook };
      if ((await change('removeWebhook', { ...ref, doer, now })) === 'not-found') throw new ProblemError('not-found');
      parts.webhooks.changed(ref);
      return { status: 204 };
    },
  });
