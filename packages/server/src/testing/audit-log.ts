import { type AuditDraft, type AuditRecord, chainAudit } from '../domain/audit.ts';
import type { RestWorld } from './rest-world.ts';

/** Puts a log of these records behind an empty one of the property. */
export async function putAuditLog(
  world: RestWorld,
  propertyId: string,
  drafts: readonly Partial<AuditDraft>[],
): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (const draft of drafts) {
    records.push(
      chainAudit(records.at(-1), {
        propertyId,
        at: 0,
        action: 'property-changed',
        actor: 'owner',
        operationId: null,
        details: '{}',
        ...draft,
      }),
    );
  }
  for (let i = 0; i < records.length; i += 1_000)
    await world.put(...records.slice(i, i + 1_000).map((row) => ({ table: 'audit', row }) as const));
  return records;
}
