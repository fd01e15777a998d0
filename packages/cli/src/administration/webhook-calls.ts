import type { Answer, Input, Listed } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';

type Bare<Name extends Parameters<Connection['keyrack']['call']>[0]> = Omit<Input<Name>, 'property' | 'webhook'>;
type Deliveries = Answer<'listWebhookDeliveries'>;

/** What /v1 does about webhooks, whether a property's or the installation's. */
export interface WebhookCalls {
  list(): Promise<Answer<'listWebhooks'>>;
  create(given: Bare<'createWebhook'>): Promise<Answer<'createWebhook'>>;
  change(webhook: string, changes: Bare<'changeWebhook'>): Promise<Answer<'changeWebhook'>>;
  remove(webhook: string): Promise<unknown>;
  rotate(webhook: string, given: Bare<'rotateWebhookSecret'>): Promise<Answer<'rotateWebhookSecret'>>;
  test(webhook: string): Promise<Answer<'testWebhook'>>;
  deliveries(webhook: string, filter: Bare<'listWebhookDeliveries'>): Listed<Deliveries>;
  replay(webhook: string, number: number): Promise<Answer<'replayWebhookDelivery'>>;
  replayDead(webhook: string): Promise<Answer<'replayWebhook'>>;
}

/** @param property null for the installation */
export function webhookCalls({ keyrack: { call } }: Connection, property: string | null): WebhookCalls {
  if (property === null) {
    return {
      list: () => call('listInstallationWebhooks'),
      create: (given) => call('createInstallationWebhook', given),
      change: (webhook, changes) => call('changeInstallationWebhook', { webhook, ...changes }),
      remove: (webhook) => call('removeInstallationWebhook', { webhook }),
      rotate: (webhook, given) => call('rotateInstallationWebhookSecret', { webhook, ...given }),
      test: (webhook) => call('testInstallationWebhook', { webhook }),
      deliveries: (webhook, filter) => call('listInstallationWebhookDeliveries', { webhook, ...filter }),
      replay: (webhook, number) => call('replayInstallationWebhookDelivery', { webhook, number: String(number) }),
      replayDead: (webhook) => call('replayInstallationWebhook', { webhook }),
    };
  }
  return {
    list: () => call('listWebhooks', { property }),
    create: (given) => call('createWebhook', { property, ...given }),
    change: (webhook, changes) => call('changeWebhook', { property, webhook, ...changes }),
    remove: (webhook) => call('removeWebhook', { property, webhook }),
    rotate: (webhook, given) => call('rotateWebhookSecret', { property, webhook, ...given }),
    test: (webhook) => call('testWebhook', { property, webhook }),
    deliveries: (webhook, filter) => call('listWebhookDeliveries', { property, webhook, ...filter }),
    replay: (webhook, number) => call('replayWebhookDelivery', { property, webhook, number: String(number) }),
    replayDead: (webhook) => call('replayWebhook', { property, webhook }),
  };
}
