import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import { type Event, toldEvent } from '../../domain/events.ts';
import { type Attempt, WEBHOOKS, type Webhook } from '../../domain/webhook.ts';
import type { ActiveWebhooks, WebhookWork } from '../../queries/webhooks.ts';
import { StoreError } from '../../store/store.ts';
import type { NotedAttempt } from '../../transactions/property/note-deliveries.ts';
import type { Clock } from '../clock.ts';
import type { ServerLog } from '../log.ts';
import type { RecordNews } from '../record-news.ts';
import type { Read, Run } from '../runner.ts';
import { PURPOSE, type Sealer } from '../sealed-secret.ts';
import type { WebhookNetworks } from './networks.ts';
import { sendEvent } from './send-event.ts';

export interface WebhooksParts {
  readonly read: Read;
  readonly run: Run;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly news: Pick<RecordNews, 'watch'>;
  readonly networks: WebhookNetworks;
  readonly log: ServerLog;
  /** From 0 to 1. */
  readonly chance?: () => number;
}

interface WebhookRef {
  readonly propertyId: string;
  readonly webhookId: string;
}

/** Sends events to webhooks. */
export interface Webhooks {
  readonly networks: WebhookNetworks;
  /** A webhook was added or changed, or something of it is to be sent again. */
  changed(ref: WebhookRef): void;
  /** Sends something that is no event, and tells what came of it. */
  test(webhook: Webhook, id: string): Promise<Attempt>;
  stop(): Promise<void>;
}

/** Requests to one receiver at once. */
const AT_ONCE = 5;
/** How often a webhook is looked at where nothing wakes it: a clock may be set. Milliseconds. */
const LOOK_EVERY_MS = 60_000;
/** How long it waits where the store can't be read or written. Milliseconds. */
const TROUBLE_MS = 5_000;
/** Records that were read and had nothing to send, before that is written down. */
const UNNOTED_RECORDS = 200;

interface Lane {
  /** What woke it while it was at work. */
  again: boolean;
  wake: () => void;
  readonly over: Promise<void>;
}

/**
 * Each webhook has a lane of its own: what one receiver takes its time for holds up no other, and nothing of it is on the way of
 * a card. A lane reads the log behind its cursor, sends, and then notes what came of it together with the cursor. So what is on
 * disk in the log is sent at least once, whatever dies meanwhile.
 *
 * One node: this process sends for all webhooks. With several, a lane belongs to the node that has claimed it in the database.
 */
export function createWebhooks(parts: WebhooksParts): Webhooks {
  const { read, log } = parts;
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();

  const changed = ({ propertyId, webhookId }: WebhookRef) => {
    if (stopping.signal.aborted) return;
    const name = `${propertyId} ${webhookId}`;
    const known = lanes.get(name);
    if (known !== undefined) {
      known.again = true;
      known.wake();
      return;
    }
    const lane: Lane = { again: false, wake: () => {}, over: Promise.resolve() };
    const over = runLane(parts, { propertyId, webhookId }, lane, stopping.signal)
      .catch((error: unknown) => log.error({ webhook: webhookId, err: error }, 'a webhook can no longer be served'))
      .then(() => {
        lanes.delete(name);
        // It was made active again as it ended.
        if (lane.again) changed({ propertyId, webhookId });
      });
    lanes.set(name, Object.assign(lane, { over }));
  };

  const startAll = async () => {
    let after: ActiveWebhooks['next'] = null;
    do {
      const page: ActiveWebhooks = await read('activeWebhooks', { after });
      for (const { propertyId, id } of page.webhooks) changed({ propertyId, webhookId: id });
      after = page.next;
    } while (after !== null && !stopping.signal.aborted);
  };
  startAll().catch((error: unknown) =>
    log.error({ err: error }, 'webhooks could not be looked up; restart the server'),
  );

  return {
    networks: parts.networks,
    changed,
    test: (webhook, id) => {
      const timestamp = new Date(parts.clock.now());
      const body = JSON.stringify({ id, type: 'webhook.test', timestamp: timestamp.toISOString(), data: {} });
      return sendSigned(parts, webhook, id, body, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await Promise.all([...lanes.values()].map(({ over }) => over));
    },
  };
}

/** A new secret, as Standard Webhooks writes it: 32 random bytes. */
export function drawWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Serves one webhook until it is no longer to be served. */
async function runLane(parts: WebhooksParts, ref: WebhookRef, lane: Lane, stopping: AbortSignal): Promise<void> {
  const { read, clock, news, log } = parts;
  const watch = news.watch([ref.propertyId]);
  /** The log was read up to here, with nothing to send since what is noted. */
  let seen = 0;
  try {
    while (!stopping.aborted) {
      lane.again = false;
      try {
        const work: WebhookWork | null = await read('webhookWork', { ...ref, seen, now: clock.now() });
        if (work === null) return;
        seen = await carryOut(parts, ref, work, seen, stopping);
        // What failed is due again soon, which what was read before it can't tell.
        if (work.more || work.events.length > 0) continue;
        const waitMs = Math.min(LOOK_EVERY_MS, work.nextAt === null ? LOOK_EVERY_MS : work.nextAt - clock.now());
        await pause(lane, (ended) => watch.next(Math.max(0, waitMs), ended), stopping);
      } catch (error) {
        // What was sent and not noted is sent again.
        if (!(error instanceof StoreError))
          log.error({ webhook: ref.webhookId, err: error }, 'a webhook could not be served; it is tried again');
        await pause(lane, (ended) => wait(clock, TROUBLE_MS, ended), stopping);
      }
    }
  } finally {
    watch.stop();
  }
}

/** Sends what is to be sent, and notes it. Returns up to where the log was read. */
async function carryOut(
  parts: WebhooksParts,
  { propertyId, webhookId }: WebhookRef,
  { webhook, events, cursor, noted: known }: WebhookWork,
  seen: number,
  stopping: AbortSignal,
): Promise<number> {
  const { run, clock, chance = Math.random } = parts;
  const attempts: NotedAttempt[] = [];
  const waiting = [...events];
  const sendNext = async (): Promise<void> => {
    for (let event = waiting.shift(); event !== undefined && !stopping.aborted; event = waiting.shift()) {
      const at = clock.now();
      const attempt = await sendSigned(parts, webhook, event.id, bodyOf(event), stopping);
      // It was cut off by the stop, and not by its receiver.
      if (stopping.aborted && !attempt.delivered) return;
      attempts.push({ ...attempt, number: event.number, type: event.type, at, chance: chance() });
      // It wants no more: what is left stays in the log.
      if (attempt.status === 410) waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  const isWhole = attempts.length === events.length;
  if (attempts.length === 0 && (cursor - known < UNNOTED_RECORDS || !isWhole)) return isWhole ? cursor : seen;
  // Where it broke off, what wasn't sent is read again; what was is noted by its number, and not sent twice in a row.
  const noted = isWhole ? cursor : Math.min(...unsent(events, attempts).map(({ number }) => number)) - 1;
  await run('noteDeliveries', { propertyId, webhookId, cursor: Math.min(cursor, noted), attempts, now: clock.now() });
  return isWhole ? cursor : seen;
}

const unsent = (events: readonly Event[], attempts: readonly NotedAttempt[]) =>
  events.filter(({ number }) => !attempts.some((attempt) => attempt.number === number));

/** The body of a delivery: the event as /v1 tells it, which has the `type`, `timestamp` and `data` of Standard Webhooks. */
const bodyOf = (event: Event) => JSON.stringify(toldEvent(event));

async function sendSigned(
  { clock, sealer, networks }: WebhooksParts,
  webhook: Webhook,
  id: string,
  body: string,
  ended: AbortSignal,
): Promise<Attempt> {
  const { url, sealedSecret, previousSecret, previousUntil } = webhook;
  const now = clock.now();
  const sealed = [sealedSecret, ...(previousSecret !== null && now < (previousUntil ?? 0) ? [previousSecret] : [])];
  const timestamp = new Date(now);
  const signatures = sealed.map((each) => {
    const secret = new TextDecoder().decode(sealer.open(each, PURPOSE.webhookSecret));
    return new Signer(secret).sign(id, timestamp, body);
  });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Keyrack',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
  const send = { networks, timeoutMs: WEBHOOKS.attemptMs, monotonic: () => clock.monotonic(), ended };
  return sendEvent({ url, headers, body }, send);
}

/** Waits, unless the lane was woken meanwhile, or is. */
async function pause(
  lane: Lane,
  waitFor: (ended: AbortSignal) => Promise<unknown>,
  stopping: AbortSignal,
): Promise<void> {
  const woken = new AbortController();
  lane.wake = () => woken.abort();
  if (!lane.again) await waitFor(AbortSignal.any([stopping, woken.signal]));
  lane.wake = () => {};
}

function wait(clock: Clock, ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clock.clearTimeout(timer);
      ended.removeEventListener('abort', over);
      resolve();
    };
    const timer = clock.setTimeout(over, ms);
    ended.addEventListener('abort', over, { once: true });
    if (ended.aborted) over();
  });
}
