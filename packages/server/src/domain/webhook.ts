import type { EventType } from './events.ts';

/** Where events of a property are sent to, by Standard Webhooks. */
export interface Webhook {
  /** Or the name of the installation's log. */
  readonly propertyId: string;
  readonly id: string;
  readonly url: string;
  /** Only events of these types; null for all. */
  readonly types: readonly EventType[] | null;
  readonly state: 'active' | 'paused' | 'disabled';
  /** `gone`: its receiver answered 410. `failing`: nothing arrived for days. */
  readonly disabledWhy: 'gone' | 'failing' | null;
  readonly sealedSecret: string;
  /** The secret before, which signs too until `previousUntil`. */
  readonly previousSecret: string | null;
  readonly previousUntil: number | null;
  readonly createdAt: number;
}

/** How far a webhook is. */
export interface WebhookProgress {
  readonly propertyId: string;
  readonly webhookId: string;
  /** The number of the last event that was sent, or noted to be sent again. Those behind it are still to come. */
  readonly cursor: number;
  /** Rows of deliveries in each state. */
  readonly waiting: number;
  readonly delivered: number;
  readonly dead: number;
  readonly lastDeliveredAt: number | null;
  /** When the first of the failures was, since which nothing arrived; null where the last delivery arrived. */
  readonly failingSince: number | null;
}

/** One event at one webhook. `waiting`: it is sent again. `dead`: it isn't, unless somebody asks for it. */
export interface WebhookDelivery {
  readonly propertyId: string;
  readonly webhookId: string;
  /** The event's. */
  readonly number: number;
  readonly type: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** When it is sent again; null where it isn't. */
  readonly nextAt: number | null;
  /** The HTTP status of the last answer; null where there was none. */
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
  /** How long the last attempt took. */
  readonly ms: number;
}

/**
 * Why an attempt failed. `address`: the receiver's address is one that nothing is sent to. `status`: it answered, and not
 * with 2xx. `redirect`: it named another address, which nobody follows.
 */
export type DeliveryProblem = 'address' | 'connection' | 'timeout' | 'redirect' | 'status';

/** What came of sending something once. */
export interface Attempt {
  readonly delivered: boolean;
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
  readonly ms: number;
  /** What `Retry-After` asks for; 0 where it asks for nothing. */
  readonly retryAfterMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long after a failure the next attempt comes: the table of Standard Webhooks. After the last one a delivery is dead. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** By how much of itself a delay is lengthened at most, so that what failed together doesn't come again together. */
const JITTER = 0.2;

export const WEBHOOKS = {
  /** Of one property. */
  most: 20,
  /** Deliveries of one webhook that wait to be sent again. With as many, further events wait in the log. */
  waiting: 1_000,
  /** Deliveries that are kept to be looked at, of each state, and for how long. */
  kept: { delivered: { rows: 1_000, ms: 7 * DAY }, dead: { rows: 1_000, ms: 30 * DAY } },
  /** A webhook at which nothing arrived for so long is disabled, when a delivery is dead. */
  failingMs: 5 * DAY,
  /** How long the secret before signs too, unless told. */
  overlapMs: DAY,
  attemptMs: 15 * SECOND,
} as const;

/** When the next attempt comes after so many; null for never. `chance` from 0 to 1 is drawn. */
export function nextAttempt(attempts: number, at: number, chance: number, retryAfterMs: number): number | null {
  const delay = RETRY_DELAYS_MS[attempts - 1];
  if (delay === undefined) return null;
  const longest = Math.max(delay, Math.min(retryAfterMs, DAY));
  return Math.round(at + longest * (1 + JITTER * chance));
}

/** A webhook without its secrets. */
export type ShownWebhook = Omit<Webhook, 'sealedSecret' | 'previousSecret'>;

export function shownWebhook({ sealedSecret: _one, previousSecret: _other, ...shown }: Webhook): ShownWebhook {
  return shown;
}

/** What its ETag is made of. */
export function taggedWebhook({ id, url, types, state }: ShownWebhook) {
  return { id, url, types, state };
}
