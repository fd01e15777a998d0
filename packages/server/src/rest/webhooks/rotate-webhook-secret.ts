import { z } from 'zod';
import { WEBHOOKS } from '../../domain/webhook.ts';
import { drawWebhookSecret } from '../../runtime/webhooks/webhooks.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { logOf, pathOf, type WebhookScope, webhookParams } from './scope.ts';
import { seal } from './seal-secret.ts';
import { webhookSecretView } from './webhook-view.ts';

export const rotateWebhookSecret = (scope: WebhookScope) =>
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
