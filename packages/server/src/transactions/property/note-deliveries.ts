import type { Doer } from '../../domain/caller.ts';
import { eventOf } from '../../domain/events.ts';
import {
  type Attempt,
  nextAttempt,
  WEBHOOKS,
  type WebhookDelivery,
  type WebhookProgress,
} from '../../domain/webhook.ts';
import type { Tx } from '../../store/store.ts';
import { audit, auditOf } from '../audit/append-audit.ts';

export interface NotedAttempt extends Attempt {
  /** The event's. */
  readonly number: number;
  readonly type: string;
  readonly at: number;
  /** Drawn, from 0 to 1. */
  readonly chance: number;
}

interface NoteDeliveries {
  readonly propertyId: string;
  readonly webhookId: string;
  /** The log was read up to here. */
  readonly cursor: number;
  readonly attempts: readonly NotedAttempt[];
  readonly now: number;
}

/** Rows that are forgotten with each note, of each state: more than one, so that they don't pile up. */
const FORGOTTEN_AT_ONCE = 40;

/**
 * Notes what came of sending, and how far the webhook is by it, at once: so an event is sent at least once, whatever dies. What
 * failed is sent again at its time. A receiver that is gone, or at which nothing arrived for days, ends its webhook.
 */
export function noteDeliveries(tx: Tx, input: NoteDeliveries): void {
  const { propertyId, webhookId, attempts, now } = input;
  const webhook = tx.get('webhooks', propertyId, webhookId);
  const known = tx.get('webhookProgress', propertyId, webhookId);
  // It was removed while this was sent.
  if (webhook === undefined || known === undefined) return;
  let progress = { ...known, cursor: Math.max(known.cursor, input.cursor) };
  for (const attempt of attempts) progress = noteAttempt(tx, progress, attempt);
  for (const state of ['delivered', 'dead'] as const) progress = forgetOld(tx, progress, state, now);
  tx.put('webhookProgress', progress);
  const why = attempts.some(({ status }) => status === 410)
    ? 'gone'
    : hasFailedForLong(progress, now)
      ? 'failing'
      : null;
  if (why === null || webhook.state !== 'active') return;
  tx.put('webhooks', { ...webhook, state: 'disabled', disabledWhy: why });
  audit(tx, { propertyId, at: now, action: 'webhook-disabled', actor: 'server', details: { webhook: webhookId, why } });
}

function noteAttempt(tx: Tx, progress: WebhookProgress, attempt: NotedAttempt): WebhookProgress {
  const { propertyId, webhookId } = progress;
  const { number, type, at, delivered, status, problem, ms } = attempt;
  const known = tx.get('webhookDeliveries', propertyId, webhookId, number);
  const attempts = (known?.state === 'waiting' ? known.attempts : 0) + 1;
  const nextAt = delivered ? null : nextAttempt(attempts, at, attempt.chance, attempt.retryAfterMs);
  const row: WebhookDelivery = {
    propertyId,
    webhookId,
    number,
    type,
    state: delivered ? 'delivered' : nextAt === null ? 'dead' : 'waiting',
    attempts,
    firstAt: known?.firstAt ?? at,
    lastAt: at,
    nextAt,
    status,
    problem,
    ms: Math.round(ms),
  };
  tx.put('webhookDeliveries', row);
  return {
    ...counted(progress, known, row),
    lastDeliveredAt: delivered ? at : progress.lastDeliveredAt,
    failingSince: delivered ? null : (progress.failingSince ?? at),
  };
}

/** The counts of rows, with one for another. */
function counted(
  progress: WebhookProgress,
  before: WebhookDelivery | undefined,
  after: WebhookDelivery | undefined,
): WebhookProgress {
  const count = (state: WebhookDelivery['state']) =>
    progress[state] - (before?.state === state ? 1 : 0) + (after?.state === state ? 1 : 0);
  return { ...progress, waiting: count('waiting'), delivered: count('delivered'), dead: count('dead') };
}

function forgetOld(tx: Tx, progress: WebhookProgress, state: 'delivered' | 'dead', now: number): WebhookProgress {
  const { propertyId, webhookId } = progress;
  const { rows, ms } = WEBHOOKS.kept[state];
  let left = progress;
  for (const row of tx.find('webhookDeliveries', state, [propertyId, webhookId], { limit: FORGOTTEN_AT_ONCE })) {
    if (left[state] <= rows && row.lastAt > now - ms) break;
    tx.remove('webhookDeliveries', propertyId, webhookId, row.number);
    left = counted(left, row, undefined);
  }
  return left;
}

function hasFailedForLong({ failingSince, dead }: WebhookProgress, now: number): boolean {
  return failingSince !== null && dead > 0 && now - failingSince >= WEBHOOKS.failingMs;
}

interface Replay {
  readonly propertyId: string;
  readonly webhookId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Sends one event again, as if it were new; also one that arrived, or that was never noted. */
export function replayDelivery(
  tx: Tx,
  { number, ...input }: Replay & { readonly number: number },
): { readonly verdict: 'replayed'; readonly delivery: WebhookDelivery } | { readonly verdict: 'not-found' } {
  const { propertyId, webhookId, now } = input;
  const progress = tx.get('webhookProgress', propertyId, webhookId);
  const record = tx.get('audit', propertyId, number);
  if (progress === undefined || record === undefined) return { verdict: 'not-found' };
  const { next, delivery } = again(tx, progress, number, eventOf(record).type, now);
  tx.put('webhookProgress', next);
  recordReplay(tx, input, { number });
  return { verdict: 'replayed', delivery };
}

/** Dead deliveries that are sent again at once. */
const REPLAYED_AT_ONCE = 500;

/** Sends the dead ones again, the oldest first. `more`: there are more of them. */
export function replayDead(
  tx: Tx,
  input: Replay,
):
  | { readonly verdict: 'replayed'; readonly replayed: number; readonly more: boolean }
  | { readonly verdict: 'not-found' } {
  const { propertyId, webhookId, now } = input;
  const progress = tx.get('webhookProgress', propertyId, webhookId);
  if (progress === undefined) return { verdict: 'not-found' };
  const dead = tx.find('webhookDeliveries', 'dead', [propertyId, webhookId], { limit: REPLAYED_AT_ONCE });
  let left = progress;
  for (const { number, type } of dead) left = again(tx, left, number, type, now).next;
  if (dead.length > 0) {
    tx.put('webhookProgress', left);
    recordReplay(tx, input, { deliveries: dead.length });
  }
  return { verdict: 'replayed', replayed: dead.length, more: left.dead > 0 };
}

function again(tx: Tx, progress: WebhookProgress, number: number, type: string, now: number) {
  const { propertyId, webhookId } = progress;
  const known = tx.get('webhookDeliveries', propertyId, webhookId, number);
  const last = known ?? { status: null, problem: null, ms: 0 };
  const { status, problem, ms } = last;
  const fresh = {
    propertyId,
    webhookId,
    number,
    type,
    state: 'waiting',
    attempts: 0,
    firstAt: now,
    lastAt: now,
  } as const;
  const delivery: WebhookDelivery = { ...fresh, nextAt: now, status, problem, ms };
  tx.put('webhookDeliveries', delivery);
  return { next: counted(progress, known, delivery), delivery };
}

function recordReplay(tx: Tx, { propertyId, webhookId, doer, now }: Replay, details: Readonly<Record<string, number>>) {
  auditOf(tx, doer, { propertyId, at: now, action: 'webhook-replayed', details: { webhook: webhookId, ...details } });
}
