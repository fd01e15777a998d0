import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { taggedWebhook } from '../../domain/webhook.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { checkUrl, givenUrl } from './given-url.ts';
import { logOf, pathOf, type WebhookScope, webhookParams } from './scope.ts';
import { givenTypes, viewOfWebhook, webhookView } from './webhook-view.ts';

export const changeWebhook = (scope: WebhookScope) =>
  endpoint({
    id: `change${scope.name}Webhook`,
    method: 'PATCH',
    path: pathOf(scope, '/webhooks/{webhook}'),
    tag: 'webhooks',
    summary: `Change a webhook${scope.of}`,
    description: 'One that is active again goes on where it stopped: nothing is left out.',
    right: scope.writes,
    params: webhookParams,
    body: z.strictObject({
      url: givenUrl.optional(),
      types: givenTypes.optional(),
      active: z.boolean().optional().meta({ description: 'False pauses it; true lets it go on.' }),
    }),
    comparesTags: true,
    answers: { 200: { description: 'The webhook.', body: webhookView } },
    async handle({ property, params, body, parts, change, doer, now, knownTags }) {
      const ref = { propertyId: logOf(property), webhookId: params.webhook };
      const changes = { ...body, ...(body.url !== undefined && { url: checkUrl(body.url, parts.webhooks.networks) }) };
      const result = await change('changeWebhook', { ...ref, changes, knownTags, doer, now });
      if (result.verdict !== 'changed') throw new ProblemError(result.verdict);
      parts.webhooks.changed(ref);
      const { webhook } = result.webhook;
      return { status: 200, body: viewOfWebhook(result.webhook), etag: entityTag(taggedWebhook(webhook)) };
    },
  });
