import type { Rows } from '../row-types.ts';
import type { Table } from '../table-shape.ts';

/** Where events are sent to, and what became of those that were sent. */
export const webhookTables = {
  webhooks: {
    columns: {
      propertyId: 'text',
      id: 'text',
      url: 'text',
      types: 'json?',
      state: 'text',
      disabledWhy: 'text?',
      sealedSecret: 'text',
      previousSecret: 'text?',
      previousUntil: 'integer?',
      createdAt: 'integer',
    },
    key: ['propertyId', 'id'],
    indexes: {},
  },
  webhookProgress: {
    columns: {
      propertyId: 'text',
      webhookId: 'text',
      cursor: 'integer',
      waiting: 'integer',
      delivered: 'integer',
      dead: 'integer',
      lastDeliveredAt: 'integer?',
      failingSince: 'integer?',
    },
    key: ['propertyId', 'webhookId'],
    indexes: {},
  },
  webhookDeliveries: {
    columns: {
      propertyId: 'text',
      webhookId: 'text',
      number: 'integer',
      type: 'text',
      state: 'text',
      attempts: 'integer',
      firstAt: 'integer',
      lastAt: 'integer',
      nextAt: 'integer?',
      status: 'integer?',
      problem: 'text?',
      ms: 'integer',
    },
    key: ['propertyId', 'webhookId', 'number'],
    indexes: {
      waiting: { columns: ['propertyId', 'webhookId', 'nextAt'], where: { state: ['waiting'] } },
      delivered: { columns: ['propertyId', 'webhookId', 'number'], where: { state: ['delivered'] } },
      dead: { columns: ['propertyId', 'webhookId', 'number'], where: { state: ['dead'] } },
    },
  },
} as const satisfies { readonly [T in 'webhooks' | 'webhookProgress' | 'webhookDeliveries']: Table<Rows[T]> };
