/** Between which milliseconds the server's clock is ahead of this browser's; `Date` headers tell no more than seconds. */
export interface ClockOffset {
  readonly least: number;
  readonly most: number;
}

/** Milliseconds: less than that, and both clocks agree as far as one can tell. */
const HEADER_MS = 1_000;

/**
 * What is known after an answer. All answers together tell more than one; where one contradicts the others, a clock was set, and
 * what was known before counts no longer.
 */
export function offsetAfter(
  known: ClockOffset | null,
  { sentAt, heardAt, told }: { readonly sentAt: number; readonly heardAt: number; readonly told: number },
): ClockOffset {
  const heard = { least: told - heardAt, most: told + HEADER_MS - sentAt };
  if (known === null) return heard;
  const both = { least: Math.max(known.least, heard.least), most: Math.min(known.most, heard.most) };
  return both.least <= both.most ? both : heard;
}

let offset: ClockOffset | null = null;

/** Notes what an answer tells of the server's clock. Unix milliseconds of this browser. */
export function noteServerTime(headers: Headers, sentAt: number, heardAt: number): void {
  const told = Date.parse(headers.get('date') ?? '');
  if (Number.isFinite(told)) offset = offsetAfter(offset, { sentAt, heardAt, told });
}

/** What the server's clock shows, as well as it is known. A deadline is counted down by it, and not by a browser that is wrong. */
export function serverNow(now = Date.now()): number {
  return offset === null ? now : now + Math.round((offset.least + offset.most) / 2);
}
