import { z } from 'zod';
import { givenTime } from '../fields.ts';
import { cursorOf, pageQuery, readPage } from '../pages.ts';
import type { HandlerParts } from '../parts.ts';
import { viewOfAuditRecord } from './audit-view.ts';

/** What lists of audit records are filtered by: those of a property and of the installation alike. */
export const auditQuery = pageQuery.extend({
  from: givenTime.optional().meta({ description: 'Of this time or later, by the clock of the server.' }),
  until: givenTime.optional().meta({ description: 'From before this time.' }),
  actor: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'An id of a member, key, account or agent; or `owner`, `server`, `operator`.' }),
  action: z
    .string()
    .regex(/^[a-z-]{1,64}$/, 'is an action, e.g. operation-accepted')
    .optional(),
  operation: z.uuid().optional().meta({ description: 'Id of an operation: its records until soon after its end.' }),
  card: z
    .string()
    .regex(/^(?:[0-9A-F]{2}){1,16}$/, 'is a serial in upper-case hex')
    .optional()
    .meta({ description: 'Serial of a card.' }),
  room: z.string().min(1).max(64).optional().meta({ description: 'Id of a room.' }),
});

const position = z.strictObject({ number: z.int() });

/** A page of a log, as `auditQuery` asks for it. */
export async function auditPage(parts: HandlerParts, propertyId: string, query: z.output<typeof auditQuery>) {
  const { from = null, until = null, actor = null, action = null, operation = null, card = null, room = null } = query;
  const filter = { from, until, actor, action, operation, card, room };
  const { records, next } = await parts.read('auditRecordsPage', { propertyId, filter, ...readPage(query, position) });
  return { data: records.map(viewOfAuditRecord), nextCursor: next === null ? null : cursorOf(next) };
}
