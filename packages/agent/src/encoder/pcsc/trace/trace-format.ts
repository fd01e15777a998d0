import { z } from 'zod';

/**
 * A trace: what a reader was asked and what it answered, a line of JSON each. It begins with the reader, and each card that
 * was laid down ends with what was found. Tests replay traces (`testing/traces`), so a real reader's is worth a
 * test. Keys, passwords, contents and serials are blanked before a line is made.
 */
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const ms = z.number().nonnegative();

export const traceLine = z.discriminatedUnion('line', [
  z.strictObject({
    line: z.literal('reader'),
    version: z.literal(1),
    name: z.string(),
    system: z.string(),
    /** For people: which reader of which maker it was, with which firmware. */
    remark: z.string().optional(),
  }),
  z.strictObject({ line: z.literal('card'), atr: hex }),
  z.strictObject({ line: z.literal('connect'), ms, failed: z.string().optional() }),
  z.strictObject({ line: z.literal('status'), ms, atr: hex.optional(), failed: z.string().optional() }),
  z.strictObject({
    line: z.literal('exchange'),
    command: hex,
    ms,
    response: hex.optional(),
    failed: z.string().optional(),
  }),
  z.strictObject({ line: z.literal('reset'), ms, failed: z.string().optional() }),
  z.strictObject({ line: z.literal('disconnect'), reset: z.boolean(), ms, failed: z.string().optional() }),
  /** What the driver made of it. `why` says why the card won't do. */
  z.strictObject({
    line: z.literal('found'),
    chip: z.string().nullable(),
    access: z.enum(['factory', 'keyed', 'unreadable']).nullable(),
    why: z.string().nullable(),
  }),
]);
export type TraceLine = z.infer<typeof traceLine>;

export function parseTrace(text: string): TraceLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => traceLine.parse(JSON.parse(line)));
}

export function formatTrace(lines: readonly TraceLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
