import type { Doer } from '../../domain/caller.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import { shownWebhook, taggedWebhook, WEBHOOKS, type Webhook } from '../../domain/webhook.ts';
import { type SeenWebhook, seeWebhook } from '../../queries/webhooks.ts';
import type { Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';
import { auditOf } from '../audit/append-audit.ts';

interface Change {
  readonly propertyId: string;
  readonly webhookId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** A webhook as it may be returned: without its secrets. */
export type ToldWebhook = Omit<SeenWebhook, 'webhook'> & { readonly webhook: ReturnType<typeof shownWebhook> };

export function toldWebhook({ webhook, ...rest }: SeenWebhook): ToldWebhook {
  return { ...rest, webhook: shownWebhook(webhook) };
}

type NotFound = { readonly verdict: 'not-found' };

/** Adds a webhook. It gets what happens from now on. */
export function createWebhook(
  tx: Tx,
  input: Change & Pick<Webhook, 'url' | 'types' | 'sealedSecret'>,
): { readonly verdict: 'created'; readonly webhook: ToldWebhook } | { readonly verdict: 'too-many-webhooks' } {
  const { propertyId, webhookId: id, url, types, sealedSecret, doer, now } = input;
  if (tx.find('webhooks', 'key', [propertyId], { limit: WEBHOOKS.most }).length >= WEBHOOKS.most)
    return { verdict: 'too-many-webhooks' };
  const cursor = auditOf(tx, doer, {
    propertyId,
    at: now,
    action: 'webhook-created',
    details: { webhook: id, host: hostOf(url), types },
  });
  tx.put('webhooks', {
    propertyId,
    id,
    url,
    types,
    state: 'active',
    disabledWhy: null,
    sealedSecret,
    previousSecret: null,
    previousUntil: null,
    createdAt: now,
  });
  const counts = { waiting: 0, delivered: 0, dead: 0 };
  tx.put('webhookProgress', {
    propertyId,
    webhookId: id,
    cursor,
    ...counts,
    lastDeliveredAt: null,
    failingSince: null,
  });
  return { verdict: 'created', webhook: told(tx, input) };
}

export interface ChangeWebhook extends Change {
  readonly changes: {
    readonly url?: string | undefined;
    readonly types?: Webhook['types'] | undefined;
    readonly active?: boolean | undefined;
  };
  readonly knownTags: KnownTags;
}

/** Changes a webhook. One that is active again goes on where it stopped. */
export function changeWebhook(
  tx: Tx,
  input: ChangeWebhook,
):
  | { readonly verdict: 'changed'; readonly webhook: ToldWebhook }
  | NotFound
  | { readonly verdict: 'changed-meanwhile' } {
  const { propertyId, webhookId, changes, knownTags, doer, now } = input;
  const webhook = tx.get('webhooks', propertyId, webhookId);
  const progress = tx.get('webhookProgress', propertyId, webhookId);
  if (webhook === undefined || progress === undefined) return { verdict: 'not-found' };
  if (!isKnown(knownTags, taggedWebhook(webhook))) return { verdict: 'changed-meanwhile' };
  const { url = webhook.url, types = webhook.types, active } = changes;
  const state = active === undefined ? webhook.state : active ? 'active' : 'paused';
  const disabledWhy = state === 'disabled' ? webhook.disabledWhy : null;
  tx.put('webhooks', { ...webhook, url, types, state, disabledWhy });
  if (state === 'active' && webhook.state !== 'active') tx.put('webhookProgress', { ...progress, failingSince: null });
  const details = { webhook: webhookId, host: hostOf(url), types, state };
  auditOf(tx, doer, { propertyId, at: now, action: 'webhook-changed', details });
  return { verdict: 'changed', webhook: told(tx, input) };
}

/** Removes a webhook with all that was noted of it. */
export function removeWebhook(tx: Tx, { propertyId, webhookId, doer, now }: Change): 'removed' | 'not-found' {
  if (tx.get('webhooks', propertyId, webhookId) === undefined) return 'not-found';
  tx.remove('webhooks', propertyId, webhookId);
  tx.remove('webhookProgress', propertyId, webhookId);
  for (const { number } of [...walk(tx, 'webhookDeliveries', 'key', [propertyId, webhookId])])
    tx.remove('webhookDeliveries', propertyId, webhookId, number);
  auditOf(tx, doer, { propertyId, at: now, action: 'webhook-removed', details: { webhook: webhookId } });
  return 'removed';
}

/** Gives a webhook another secret. The one before signs too until then. */
export function rotateWebhookSecret(
  tx: Tx,
  input: Change & { readonly sealedSecret: string; readonly previousUntil: number },
): { readonly verdict: 'rotated'; readonly previousUntil: number } | NotFound {
  const { propertyId, webhookId, sealedSecret, previousUntil, doer, now } = input;
  const webhook = tx.get('webhooks', propertyId, webhookId);
  if (webhook === undefined) return { verdict: 'not-found' };
  tx.put('webhooks', { ...webhook, sealedSecret, previousSecret: webhook.sealedSecret, previousUntil });
  const details = { webhook: webhookId, previousUntil };
  auditOf(tx, doer, { propertyId, at: now, action: 'webhook-secret-rotated', details });
  return { verdict: 'rotated', previousUntil };
}

function told(tx: Tx, ref: Pick<Change, 'propertyId' | 'webhookId'>): ToldWebhook {
  const seen = seeWebhook(tx, ref);
  if (seen === null) throw new Error('a webhook that was just written is not there');
  return toldWebhook(seen);
}

/** Of an address only its host is recorded: the rest may hold a secret of the receiver's. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';
}
