import { firstBrokenLink } from '../domain/audit.ts';
import type { Property } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

export interface AuditCheck {
  readonly property: string;
  readonly records: number;
  /** The first record that doesn't follow from the one before, or null. */
  readonly brokenAt: number | null;
  /** Hash of the last record: compare it with one that was noted elsewhere, to know that none was cut off at the end. */
  readonly head: string | null;
}

/** Proves the audit log of every property. */
export function verifyAudit(tx: ReadTx, _input: Record<string, never>): AuditCheck[] {
  return tx.find('properties', 'key', []).map((property) => {
    const records = tx.find('audit', 'key', [property.id]);
    return {
      property: property.number,
      records: records.length,
      brokenAt: firstBrokenLink(records),
      head: records.at(-1)?.hash ?? null,
    };
  });
}

export function findPropertyByNumber(tx: ReadTx, { number }: { readonly number: string }): Property | null {
  return tx.find('properties', 'byNumber', [number])[0] ?? null;
}
