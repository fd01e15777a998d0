import { z } from 'zod';
import { actorParts, detailsOf } from '../../domain/audit-search.ts';
import type { AuditDetail } from '../../queries/audit-records-page.ts';
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
    room: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'The room that it is about, as it is called today.' }),
    details: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What was done, as it was recorded. Names no guest.' }),
    names: z.record(z.string(), z.string()).meta({
      description: 'By id, what the actor and all that `details` names are called today. What has gone is missing.',
    }),
    hash: z.string().meta({ description: 'Covers this record and the hash of the one before.' }),
  })
  .meta({ id: 'AuditRecord', description: 'One record of an audit log. It is never changed or removed.' });

export function viewOfAuditRecord({ record, names, room }: AuditDetail): z.input<typeof auditRecordView> {
  const { number, at, action, actor, operationId, hash } = record;
  return {
    number,
    at: timeOf(at),
    action,
    actor: actorParts(actor),
    operation: operationId,
    room,
    details: { ...detailsOf(record) },
    names: { ...names },
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
