import type { Endpoint } from '../endpoint.ts';
import { changeWebhook } from './change-webhook.ts';
import { createWebhook } from './create-webhook.ts';
import { getWebhook } from './get-webhook.ts';
import { listWebhookDeliveries } from './list-webhook-deliveries.ts';
import { listWebhooks } from './list-webhooks.ts';
import { removeWebhook } from './remove-webhook.ts';
import { replayWebhook } from './replay-webhook.ts';
import { replayWebhookDelivery } from './replay-webhook-delivery.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import type { WebhookScope } from './scope.ts';
import { testWebhook } from './test-webhook.ts';

/** Those of the webhooks of a property, or of the installation. */
export const webhookEndpoints = (scope: WebhookScope): readonly Endpoint[] =>
  [
    listWebhooks,
    createWebhook,
    getWebhook,
    changeWebhook,
    removeWebhook,
    rotateWebhookSecret,
    testWebhook,
    listWebhookDeliveries,
    replayWebhookDelivery,
    replayWebhook,
  ].map((make) => make(scope));
