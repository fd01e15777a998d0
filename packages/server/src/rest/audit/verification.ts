import { z } from 'zod';
import { verifyAuditPart } from '../../requests/verify-audit.ts';
import { cursorOf, readPage } from '../pages.ts';
import type { HandlerParts } from '../parts.ts';

/** Pages of 500 records that one request proves: half a second at most, with its pauses. */
const PAGES_OF_A_REQUEST = 20;

export const verificationQuery = z.strictObject({
  cursor: z.string().min(1).max(500).optional().meta({ description: '`nextCursor` of the answer before.' }),
});

export const verificationView = z
  .object({
    records: z.int().meta({ description: 'Records that were looked at, in all answers so far.' }),
    brokenAt: z
      .int()
      .nullable()
      .meta({ description: 'Number of the first record that does not follow from the one before; null for none.' }),
    head: z
      .object({ number: z.int(), hash: z.string() })
      .nullable()
      .meta({ description: 'The last one. Note it elsewhere: a log that was cut off at its end has it no longer.' }),
    nextCursor: z.string().nullable().meta({ description: 'Send it as `cursor` to go on. Null where all is proved.' }),
  })
  .meta({ id: 'AuditVerification' });

const link = z.strictObject({ number: z.int(), hash: z.string() });
const position = z.strictObject({ head: link, records: z.int(), brokenAt: z.int().nullable() });

/** The next part of a log, with what the parts before it showed. */
export async function verifyNext(
  { read, clock }: HandlerParts,
  propertyId: string,
  { cursor }: z.output<typeof verificationQuery>,
  hungUp: AbortSignal,
): Promise<z.input<typeof verificationView>> {
  const { after: before } = readPage({ cursor }, position);
  const part = await verifyAuditPart(read, clock, {
    propertyId,
    after: before?.head ?? null,
    pages: PAGES_OF_A_REQUEST,
    hungUp,
  });
  const records = (before?.records ?? 0) + part.records;
  const brokenAt = before?.brokenAt ?? part.brokenAt;
  const { head } = part;
  const isOver = part.isLast || head === null;
  return { records, brokenAt, head, nextCursor: isOver ? null : cursorOf({ head, records, brokenAt }) };
}
