import { type Event, eventOf } from '../domain/events.ts';
import { WEBHOOKS, type Webhook, type WebhookDelivery, type WebhookProgress } from '../domain/webhook.ts';
import type { ReadTx } from '../store/store.ts';

/** A webhook with how far it is. */
export interface SeenWebhook {
  readonly webhook: Webhook;
  readonly progress: WebhookProgress;
  /** The number of the newest event of its log. */
  readonly newest: number;
}

interface WebhookRef {
  readonly propertyId: string;
  readonly webhookId: string;
}

export function seeWebhook(tx: ReadTx, { propertyId, webhookId }: WebhookRef): SeenWebhook | null {
  const webhook = tx.get('webhooks', propertyId, webhookId);
  const progress = tx.get('webhookProgress', propertyId, webhookId);
  if (webhook === undefined || progress === undefined) return null;
  const [last] = tx.find('audit', 'key', [propertyId], { reverse: true, limit: 1 });
  return { webhook, progress, newest: last?.number ?? 0 };
}

/** The webhooks of a property, the newest first. */
export function listWebhooks(tx: ReadTx, { propertyId }: { readonly propertyId: string }): SeenWebhook[] {
  return tx
    .find('webhooks', 'key', [propertyId], { reverse: true, limit: WEBHOOKS.most })
    .flatMap(({ id }) => seeWebhook(tx, { propertyId, webhookId: id }) ?? []);
}

export interface ActiveWebhooks {
  readonly webhooks: readonly { readonly propertyId: string; readonly id: string }[];
  readonly next: { readonly propertyId: string; readonly id: string } | null;
}

/** Webhooks of the whole database that are to be served, in pages: for the start. */
export function activeWebhooks(
  tx: ReadTx,
  { after }: { readonly after: { readonly propertyId: string; readonly id: string } | null },
): ActiveWebhooks {
  const rows = tx.find('webhooks', 'key', [], { ...(after && { after }), limit: 500 });
  const last = rows.length < 500 ? undefined : rows.at(-1);
  return {
    webhooks: rows.filter(({ state }) => state === 'active').map(({ propertyId, id }) => ({ propertyId, id })),
    next: last === undefined ? null : { propertyId: last.propertyId, id: last.id },
  };
}

/** Events that are sent before what came of it is noted. */
const EVENTS_AT_ONCE = 20;

/** What a webhook has to send by now. */
export interface WebhookWork {
  readonly webhook: Webhook;
  /** Those that failed before and are due, and new ones. */
  readonly events: readonly Event[];
  /** The log was read up to here. */
  readonly cursor: number;
  /** What is written down of that. */
  readonly noted: number;
  /** Whether there is more in the log. */
  readonly more: boolean;
  /** When the next one that failed is due; null for none. */
  readonly nextAt: number | null;
}

/** `seen`: the log was read up to here before, and nothing was to be sent. Null where the webhook isn't served. */
export function webhookWork(
  tx: ReadTx,
  { propertyId, webhookId, seen, now }: WebhookRef & { readonly seen: number; readonly now: number },
): WebhookWork | null {
  const webhook = tx.get('webhooks', propertyId, webhookId);
  const progress = tx.get('webhookProgress', propertyId, webhookId);
  if (webhook?.state !== 'active' || progress === undefined) return null;
  const due = tx.find('webhookDeliveries', 'waiting', [propertyId, webhookId], {
    before: now + 1,
    limit: EVENTS_AT_ONCE,
  });
  const again = due.flatMap(({ number }) => {
    const record = tx.get('audit', propertyId, number);
    return record === undefined ? [] : [eventOf(record)];
  });
  const read = progress.waiting >= WEBHOOKS.waiting ? [] : readLog(tx, propertyId, Math.max(progress.cursor, seen));
  const fresh = read.map(eventOf).filter(({ type }) => webhook.types === null || webhook.types.includes(type));
  const taken = fresh.slice(0, EVENTS_AT_ONCE);
  const isWhole = taken.length === fresh.length;
  const cursor = (isWhole ? read.at(-1)?.number : taken.at(-1)?.number) ?? Math.max(progress.cursor, seen);
  const [next] = tx.find('webhookDeliveries', 'waiting', [propertyId, webhookId], { from: now + 1, limit: 1 });
  return {
    webhook,
    events: [...again, ...taken],
    cursor,
    noted: progress.cursor,
    more: !isWhole || read.length === RECORDS_AT_ONCE || due.length === EVENTS_AT_ONCE,
    nextAt: next?.nextAt ?? null,
  };
}

/** Records that are looked at in one go: most may be of other types. */
const RECORDS_AT_ONCE = 200;

function readLog(tx: ReadTx, propertyId: string, after: number) {
  return tx.find('audit', 'key', [propertyId], { from: after + 1, limit: RECORDS_AT_ONCE });
}

/** Deliveries of a webhook, the newest event first; of one state, or of all. */
export function deliveriesPage(
  tx: ReadTx,
  query: WebhookRef & {
    readonly state: WebhookDelivery['state'] | null;
    readonly after: { readonly number: number; readonly nextAt: number | null } | null;
    readonly limit: number;
  },
): WebhookDelivery[] {
  const { propertyId, webhookId, state, after, limit } = query;
  const begin = after === null ? {} : { after: { ...after, nextAt: after.nextAt } };
  const options = { ...begin, reverse: true, limit };
  switch (state) {
    case null:
      return tx.find('webhookDeliveries', 'key', [propertyId, webhookId], options);
    case 'waiting':
      return tx.find('webhookDeliveries', 'waiting', [propertyId, webhookId], options);
    case 'delivered':
      return tx.find('webhookDeliveries', 'delivered', [propertyId, webhookId], options);
    case 'dead':
      return tx.find('webhookDeliveries', 'dead', [propertyId, webhookId], options);
  }
}
