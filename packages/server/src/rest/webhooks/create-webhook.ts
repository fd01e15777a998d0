import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { taggedWebhook } from '../../domain/webhook.ts';
import { drawWebhookSecret } from '../../runtime/webhooks/webhooks.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { checkUrl, givenUrl } from './given-url.ts';
import { logOf, pathOf, type WebhookScope } from './scope.ts';
import { seal } from './seal-secret.ts';
import { createdWebhookView, fieldsOfWebhook, givenTypes } from './webhook-view.ts';

export const createWebhook = (scope: WebhookScope) =>
  endpoint({
    id: `create${scope.name}Webhook`,
    method: 'POST',
    path: pathOf(scope, '/webhooks'),
    tag: 'webhooks',
    summary: `Add a webhook${scope.of}`,
    description: 'It gets what happens from now on, by Standard Webhooks. Its secret is shown this once.',
    right: scope.writes,
    body: z.strictObject({ url: givenUrl, types: givenTypes.optional() }),
    answers: { 201: { description: 'The webhook with its secret.', body: createdWebhookView } },
    problems: ['too-many-webhooks'],
    async handle({ property, body, parts, changeShowing, doer, now }) {
      const url = checkUrl(body.url, parts.webhooks.networks);
      const drawn = drawWebhookSecret();
      const { result, secret } = await changeShowing(drawn, 'createWebhook', {
        propertyId: logOf(property),
        webhookId: parts.newId(),
        url,
        types: body.types ?? null,
        sealedSecret: seal(parts, drawn),
        doer,
        now,
      });
      if (result.verdict !== 'created') throw new ProblemError(result.verdict);
      const { webhook } = result.webhook;
      parts.webhooks.changed({ propertyId: webhook.propertyId, webhookId: webhook.id });
      const location = `${scope.prefix.replace('{property}', logOf(property))}/webhooks/${webhook.id}`;
      const created = { ...fieldsOfWebhook(result.webhook), secret };
      return { status: 201, body: created, headers: { location }, etag: entityTag(taggedWebhook(webhook)) };
    },
  });
