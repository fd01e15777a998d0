import type { AuditRecord } from '@keyrack/server/domain/audit.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { Agent, Card } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';

/** What a run looks at in the database when all is over. */
export interface Inspection {
  readonly operations: readonly Operation[];
  readonly cards: readonly Card[];
  readonly agents: readonly Agent[];
  readonly audit: readonly AuditRecord[];
}

export const transactions = {
  inspect(tx: ReadTx, { propertyId }: { readonly propertyId: string }): Inspection {
    return {
      operations: tx.find('operations', 'key', [propertyId]),
      cards: tx.find('cards', 'key', [propertyId]),
      agents: tx.find('agents', 'key', [propertyId]),
      audit: tx.find('audit', 'key', [propertyId]),
    };
  },
};

export type InspectTransactions = typeof transactions;
