import { z } from 'zod';
import type { AuditRecord } from '../../domain/audit.ts';
import type { Caller } from '../../domain/caller.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';

/** Records that are read in one go. */
const RECORDS_OF_A_PAGE = 500;

export const exportQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'is the number of a record')
    .transform(Number)
    .optional()
    .meta({ description: 'Only records behind this number, e.g. the last one of an earlier export.' }),
});

/**
 * The records of a log as lines, a page at a time, and after each a pause as long as it took. It ends at the record that was
 * the newest when it began, and breaks off with the credential.
 */
export async function* exportLines(
  { read, clock }: Pick<HandlerParts, 'read' | 'clock'>,
  propertyId: string,
  { after: first = 0 }: z.output<typeof exportQuery>,
  { ended, callerNow }: { readonly ended: AbortSignal; readonly callerNow: () => Promise<Caller | null> },
): AsyncGenerator<string> {
  const [newest = 0] = await read('auditHeads', { propertyIds: [propertyId] });
  for (let after = first; after < newest && !ended.aborted; ) {
    const began = clock.monotonic();
    const limit = Math.min(RECORDS_OF_A_PAGE, newest - after);
    const records: readonly AuditRecord[] = await read('auditAfter', { propertyId, after, limit });
    const last = records.at(-1);
    if (last === undefined) return;
    // Whoever reads slowly reads for hours. What is cut off is taken for the whole by nobody.
    if ((await callerNow()) === null) throw new ProblemError('unauthorized');
    after = last.number;
    yield records.map((record) => `${lineOf(record)}\n`).join('');
    const ms = clock.monotonic() - began;
    await new Promise<void>((resolve) => void clock.setTimeout(resolve, Math.min(ms, 100)));
  }
}

/** Just what the hash covers, in the order in which it covers it. */
function lineOf({ propertyId, number, at, action, actor, operationId, details, hash }: AuditRecord): string {
  return JSON.stringify({ propertyId, number, at, action, actor, operationId, details, hash });
}
