import { z } from 'zod';
import { EVENT_TYPE_NAMES } from '../../domain/events.ts';
import { type Attempt, shownWebhook, type WebhookDelivery } from '../../domain/webhook.ts';
import type { SeenWebhook } from '../../queries/webhooks.ts';
import type { ToldWebhook } from '../../transactions/property/change-webhook.ts';
import { id, time, timeOf, timeOrNull } from '../fields.ts';

const fields = {
  id,
  url: z.string(),
  types: z.array(z.string()).nullable().meta({ description: 'Only events of these types are sent; null for all.' }),
  state: z.enum(['active', 'paused', 'disabled']).meta({
    description: '`disabled`: the server ended it; see `disabledWhy`. `paused`: somebody did.',
  }),
  disabledWhy: z.enum(['gone', 'failing']).nullable().meta({
    description: '`gone`: its receiver answered 410. `failing`: nothing arrived for five days.',
  }),
  createdAt: time,
  previousSecretUntil: time
    .nullable()
    .meta({ description: 'Until then the secret before signs, too. Null where there is none.' }),
};

export const webhookView = z
  .object({
    ...fields,
    behind: z.int().meta({
      description:
        'Events of its log that it has not got to yet; up to 200 of types that it does not want may be among them.',
    }),
    waiting: z.int().meta({ description: 'Deliveries that failed and are sent again.' }),
    dead: z.int().meta({ description: 'Deliveries that failed for good, unless somebody has them sent again.' }),
    lastDeliveredAt: time.nullable(),
    failingSince: time
      .nullable()
      .meta({ description: 'Since when nothing arrived. Null where the last delivery did.' }),
  })
  .meta({ id: 'Webhook', description: 'Where events are sent to.' });

const secret = z.string().nullable().meta({
  description: 'Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null.',
});

export const createdWebhookView = z
  .object({ ...fields, secret })
  .meta({ id: 'CreatedWebhook', description: 'A new webhook with its secret.' });

export const webhookSecretView = z
  .object({ secret, previousSecretUntil: time.meta({ description: 'Until then the secret before signs, too.' }) })
  .meta({ id: 'WebhookSecret' });

export function fieldsOfWebhook({ webhook }: Pick<ToldWebhook, 'webhook'>) {
  const { id, url, types, state, disabledWhy, createdAt, previousUntil } = webhook;
  return {
    id,
    url,
    types: types === null ? null : [...types],
    state,
    disabledWhy,
    createdAt: timeOf(createdAt),
    previousSecretUntil: timeOrNull(previousUntil),
  };
}

export function viewOfWebhook(told: ToldWebhook | SeenWebhook): z.input<typeof webhookView> {
  const { webhook, progress, newest } = told;
  const shown = 'sealedSecret' in webhook ? shownWebhook(webhook) : webhook;
  const { cursor, waiting, dead, lastDeliveredAt, failingSince } = progress;
  return {
    ...fieldsOfWebhook({ webhook: shown }),
    behind: Math.max(0, newest - cursor),
    waiting,
    dead,
    lastDeliveredAt: timeOrNull(lastDeliveredAt),
    failingSince: timeOrNull(failingSince),
  };
}

const attempt = {
  status: z.int().nullable().meta({ description: 'What the receiver answered; null for nothing.' }),
  problem: z.enum(['address', 'connection', 'timeout', 'redirect', 'status']).nullable().meta({
    description:
      '`address`: nothing is sent to its address. `status`: it did not answer with 2xx. `redirect`: nobody follows it.',
  }),
  ms: z.int().meta({ description: 'How long it took.' }),
};

export const testedWebhookView = z
  .object({ delivered: z.boolean(), ...attempt })
  .meta({ id: 'TestedWebhook', description: 'What came of a test.' });

export function viewOfTest({ delivered, status, problem, ms }: Attempt): z.input<typeof testedWebhookView> {
  return { delivered, status, problem, ms: Math.round(ms) };
}

export const deliveryView = z
  .object({
    number: z.int().meta({ description: "The event's number." }),
    type: z.string(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.int(),
    firstAt: time,
    lastAt: time,
    nextAt: time.nullable().meta({ description: 'When it is sent again.' }),
    ...attempt,
  })
  .meta({ id: 'WebhookDelivery', description: 'What came of sending one event. Kept for some days.' });

export function viewOfDelivery(delivery: WebhookDelivery): z.input<typeof deliveryView> {
  const { number, type, state, attempts, firstAt, lastAt, nextAt, status, problem, ms } = delivery;
  const times = { firstAt: timeOf(firstAt), lastAt: timeOf(lastAt), nextAt: timeOrNull(nextAt) };
  return { number, type, state, attempts, ...times, status, problem, ms };
}

export const givenTypes = z
  .array(
    z.enum(EVENT_TYPE_NAMES as [(typeof EVENT_TYPE_NAMES)[number]], 'is a type of event; docs/events.md lists them'),
  )
  .min(1)
  .max(200)
  .transform((types) => [...new Set(types)])
  .nullable()
  .meta({ description: 'Only events of these types; null for all. docs/events.md lists them.' });
