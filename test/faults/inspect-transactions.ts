import type { AuditRecord } from '@keyrack/server/domain/audit.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { Agent, Card } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';

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
      operations: [...walk(tx, 'operations', 'key', [propertyId])],
      cards: [...walk(tx, 'cards', 'key', [propertyId])],
      agents: [...walk(tx, 'agents', 'key', [propertyId])],
      audit: [...walk(tx, 'audit', 'key', [propertyId])],
    };
  },
};

export type InspectTransactions = typeof transactions;
