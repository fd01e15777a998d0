import type { Answer } from '@keyrack/sdk';
import { keyrack } from '../../api/keyrack.ts';
import type { EventType } from './event-types.ts';

export type Webhook = Answer<'getWebhook'>;
export type Delivery = Answer<'listWebhookDeliveries'>['data'][number];
export type DeliveryState = Delivery['state'];

/** Webhooks are a property's, or the whole installation's, which owners alone have. */
export type WebhookScope = 'property' | 'installation';

interface Changes {
  readonly url?: string;
  readonly types?: EventType[] | null;
  readonly active?: boolean;
}

/** The calls of one scope: the same endpoints under two addresses. */
export interface WebhookCalls {
  readonly key: readonly [string, string, WebhookScope];
  list(): Promise<readonly Webhook[]>;
  create(given: { url: string; types: EventType[] | null }): Promise<Answer<'createWebhook'>>;
  get(webhook: string): Promise<Webhook>;
  change(seen: Webhook, changes: Changes): Promise<Webhook>;
  remove(webhook: string): Promise<unknown>;
  rotateSecret(webhook: string): Promise<Answer<'rotateWebhookSecret'>>;
  test(webhook: string): Promise<Answer<'testWebhook'>>;
  deliveries(
    webhook: string,
    asked: { readonly state: DeliveryState | null; readonly limit: number },
  ): AsyncIterable<Delivery> & Promise<{ readonly data: readonly Delivery[]; readonly nextCursor: string | null }>;
  replay(webhook: string, number: number): Promise<unknown>;
  replayDead(webhook: string): Promise<Answer<'replayWebhook'>>;
}

export function webhookCalls(scope: WebhookScope, property: string): WebhookCalls {
  const key = ['webhooks', property, scope] as const;
  if (scope === 'installation')
    return {
      key,
      list: async () => (await keyrack.call('listInstallationWebhooks')).data,
      create: (given) => keyrack.call('createInstallationWebhook', given),
      get: (webhook) => keyrack.call('getInstallationWebhook', { webhook }),
      change: (seen, changes) =>
        keyrack.call('changeInstallationWebhook', { webhook: seen.id, ...changes }, { ifMatch: seen }),
      remove: (webhook) => keyrack.call('removeInstallationWebhook', { webhook }),
      rotateSecret: (webhook) => keyrack.call('rotateInstallationWebhookSecret', { webhook }),
      test: (webhook) => keyrack.call('testInstallationWebhook', { webhook }),
      deliveries: (webhook, { state, limit }) =>
        keyrack.call('listInstallationWebhookDeliveries', { webhook, limit, ...(state !== null && { state }) }),
      replay: (webhook, number) =>
        keyrack.call('replayInstallationWebhookDelivery', { webhook, number: String(number) }),
      replayDead: (webhook) => keyrack.call('replayInstallationWebhook', { webhook }),
    };
  return {
    key,
    list: async () => (await keyrack.webhooks.list({ property })).data,
    create: (given) => keyrack.webhooks.create({ property, ...given }),
    get: (webhook) => keyrack.webhooks.get({ property, webhook }),
    change: (seen, changes) => keyrack.webhooks.change({ property, webhook: seen.id, ...changes }, { ifMatch: seen }),
    remove: (webhook) => keyrack.webhooks.remove({ property, webhook }),
    rotateSecret: (webhook) => keyrack.webhooks.rotateSecret({ property, webhook }),
    test: (webhook) => keyrack.webhooks.test({ property, webhook }),
    deliveries: (webhook, { state, limit }) =>
      keyrack.webhooks.listDeliveries({ property, webhook, limit, ...(state !== null && { state }) }),
    replay: (webhook, number) => keyrack.webhooks.replayDelivery({ property, webhook, number: String(number) }),
    replayDead: (webhook) => keyrack.webhooks.replay({ property, webhook }),
  };
}
