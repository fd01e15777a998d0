import type { Answer } from '@keyrack/sdk';

export type IssuePreview = Answer<'previewIssue'>;

/** What an issue does to the cards of its room, in numbers and times. */
export interface Consequence {
  /** Records of the cards that stop. */
  readonly stops: ReadonlySet<string>;
  /** Whether they stop with the issue; or else when the new card begins. */
  readonly begins: string | null;
  /** Until when a lock that hasn't seen a new card may open for the last of them; null where none stops. */
  readonly latest: string | null;
  /** Cards that go on opening beside it. */
  readonly beside: number;
  /** When the new card stops before its end, since another stay begins. */
  readonly stopsItselfAt: string | null;
}

export function consequenceOf(preview: IssuePreview, now: number): Consequence {
  const { stops, beside, stopsItself, validFrom } = preview;
  const ends = stops.map(({ mayOpenUntil }) => Date.parse(mayOpenUntil));
  return {
    stops: new Set(stops.map(({ record }) => record)),
    begins: Date.parse(validFrom) > now + 60_000 ? validFrom : null,
    latest: ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString(),
    beside: beside.length,
    stopsItselfAt: stopsItself?.at ?? null,
  };
}

/** What somebody agrees to by pressing the button: the cards that stop, and what stops the new one. */
export function fingerprintOf({ stops, stopsItself }: IssuePreview): string {
  const records = stops.map(({ record, status }) => `${record} ${status}`).sort();
  return JSON.stringify([records, stopsItself?.record ?? null]);
}

/**
 * Whether a press of the button issues, or only takes note that others changed the room meanwhile. `seen` is what stood there when
 * the form was last touched.
 */
export function consentOf(seen: string | null, preview: IssuePreview): 'given' | 'changed' {
  return seen === null || seen === fingerprintOf(preview) ? 'given' : 'changed';
}
