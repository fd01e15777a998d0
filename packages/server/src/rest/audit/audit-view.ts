import { z } from 'zod';
import type { AuditRecord } from '../../domain/audit.ts';
import { actorParts, detailsOf } from '../../domain/audit-search.ts';
import { id, time, timeOf } from '../fields.ts';

/** Who did something, as records and events tell it. */
export const actorView = z
  .object({
    kind: z.string().meta({
      description:
        '`owner`, `apiKey`, `member`, `person`, `account`, `agent`, `server` or `operator`; later versions may add more.',
    }),
    id: z.string().nullable().meta({ description: 'Null where the kind says all.' }),
  })
  .meta({ id: 'Actor' });

/** An audit record as /v1 shows it. */
export const auditRecordView = z
  .object({
    number: z.int().meta({ description: '1, 2, 3 … in each log, without a gap.' }),
    at: time,
    action: z.string().meta({ description: 'What was done, e.g. `operation-accepted`.' }),
    actor: actorView,
    operation: id.nullable(),
    details: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What was done, as it was recorded. Names no guest.' }),
    hash: z.string().meta({ description: 'Covers this record and the hash of the one before.' }),
  })
  .meta({ id: 'AuditRecord', description: 'One record of an audit log. It is never changed or removed.' });

export function viewOfAuditRecord(record: AuditRecord): z.input<typeof auditRecordView> {
  const { number, at, action, actor, operationId, hash } = record;
  return {
    number,
    at: timeOf(at),
    action,
    actor: actorParts(actor),
    operation: operationId,
    details: { ...detailsOf(record) },
    hash,
  };
}

/** A line of an export: just what the hash covers, as it was hashed. */
export const auditExportLine = z
  .object({
    propertyId: z.string(),
    number: z.int(),
    at: z.int().meta({ description: 'Unix milliseconds.' }),
    action: z.string(),
    actor: z.string(),
    operationId: z.string().nullable(),
    details: z.string().meta({ description: 'JSON as text, as it was hashed.' }),
    hash: z.string(),
  })
  .meta({ id: 'AuditExportLine' });
