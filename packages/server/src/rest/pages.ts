import { z } from 'zod';
import { ProblemError } from './problems.ts';

/** Rows of a page. */
export const PAGE = { usual: 50, most: 200 } as const;

/** The part of a list's query that every list has. Extend it with your filters. */
export const pageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `is a number from 1 to ${PAGE.most}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= PAGE.most, `is a number from 1 to ${PAGE.most}`)
    .optional()
    .meta({ description: `How many at most, 1 to ${PAGE.most}; ${PAGE.usual} unless told.` }),
  cursor: z.string().min(1).max(500).optional().meta({ description: '`nextCursor` of the page before.' }),
});

/** A page of a list. */
export function pageOf<View extends z.ZodType>(view: View) {
  return z.object({
    data: z.array(view),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` for the next page. Null where this is the last one.' }),
  });
}

/** What a query asks for: `position` says what a row's place in the order is known by. */
export function readPage<Position extends z.ZodType>(
  { limit = PAGE.usual, cursor }: z.output<typeof pageQuery>,
  position: Position,
): { readonly limit: number; readonly after: z.output<Position> | null } {
  return { limit, after: cursor === undefined ? null : readCursor(cursor, position) };
}

function readCursor<Position extends z.ZodType>(cursor: string, position: Position): z.output<Position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    const detail = 'is no cursor of this list; leave it out for the first page';
    throw new ProblemError('invalid-request', { errors: [{ in: 'query', path: 'cursor', detail }] });
  }
}

/**
 * The page to answer with, of `limit + 1` rows that were looked up: the one too many says that there are more. `positionOf`
 * must give what `readPage` was told to take.
 */
export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  viewOf: (row: Row) => View,
  positionOf: (row: Row) => unknown,
): { readonly data: View[]; readonly nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(viewOf),
    nextCursor: last === undefined || rows.length <= limit ? null : cursorOf(positionOf(last)),
  };
}

export function cursorOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
