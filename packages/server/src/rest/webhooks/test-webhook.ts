import { endpoint } from '../endpoint.ts';
import { pathOf, type WebhookScope, webhookOf, webhookParams } from './scope.ts';
import { testedWebhookView, viewOfTest } from './webhook-view.ts';

export const testWebhook = (scope: WebhookScope) =>
  endpoint({
    id: `test${scope.name}Webhook`,
    method: 'POST',
    path: pathOf(scope, '/webhooks/{webhook}/test'),
    tag: 'webhooks',
    summary: `Test a webhook${scope.of}`,
    description:
      'Sends `webhook.test`, signed, and waits for the answer of the receiver, 15 seconds at most. Nothing is recorded.',
    right: scope.writes,
    params: webhookParams,
    answers: { 200: { description: 'What came of it.', body: testedWebhookView } },
    async handle({ property, params, parts }) {
      const { webhook } = await webhookOf(parts, property, params);
      return { status: 200, body: viewOfTest(await parts.webhooks.test(webhook, `test_${parts.newId()}`)) };
    },
  });
