import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { taggedWebhook, WEBHOOKS } from '../../domain/webhook.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { drawWebhookSecret } from '../../runtime/webhooks/webhooks.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { givenTime, timeOf } from '../fields.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';
import { checkUrl, givenUrl } from './given-url.ts';
import { logOf, pathOf, type WebhookScope, webhookOf, webhookParams } from './scope.ts';
import {
  createdWebhookView,
  fieldsOfWebhook,
  givenTypes,
  testedWebhookView,
  viewOfTest,
  viewOfWebhook,
  webhookSecretView,
  webhookView,
} from './webhook-view.ts';

const seal = ({ sealer }: Pick<HandlerParts, 'sealer'>, secret: string) =>
  sealer.seal(new TextEncoder().encode(secret), PURPOSE.webhookSecret);

const listWebhooks = (scope: WebhookScope) =>
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

const createWebhook = (scope: WebhookScope) =>
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

const getWebhook = (scope: WebhookScope) =>
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

const changeWebhook = (scope: WebhookScope) =>
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

const removeWebhook = (scope: WebhookScope) =>
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

const rotateSecret = (scope: WebhookScope) =>
  endpoint({
    id: `rotate${scope.name}WebhookSecret`,
    method: 'POST',
    path: pathOf(scope, '/webhooks/{webhook}/secrets'),
    tag: 'webhooks',
    summary: `Give a webhook${scope.of} another secret`,
    description:
      'Both sign until `previousSecretUntil`, a day unless told, so that the receiver can change over meanwhile.',
    right: scope.writes,
    params: webhookParams,
    body: z.strictObject({ previousSecretUntil: givenTime.optional() }),
    answers: { 201: { description: 'The new secret.', body: webhookSecretView } },
    async handle({ property, params, body, parts, changeShowing, doer, now }) {
      const drawn = drawWebhookSecret();
      const { result, secret } = await changeShowing(drawn, 'rotateWebhookSecret', {
        propertyId: logOf(property),
        webhookId: params.webhook,
        sealedSecret: seal(parts, drawn),
        previousUntil: body.previousSecretUntil ?? now + WEBHOOKS.overlapMs,
        doer,
        now,
      });
      if (result.verdict === 'not-found') throw new ProblemError('not-found');
      return { status: 201, body: { secret, previousSecretUntil: timeOf(result.previousUntil) } };
    },
  });

const testWebhook = (scope: WebhookScope) =>
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

export const webhookEndpoints = (scope: WebhookScope): readonly Endpoint[] =>
  [listWebhooks, createWebhook, getWebhook, changeWebhook, removeWebhook, rotateSecret, testWebhook].map((make) =>
    make(scope),
  );
