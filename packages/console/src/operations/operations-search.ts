import type { Input, Operation } from '@keyrack/sdk';
import { daysLater, instantOf, isDay } from '../time/zoned.ts';

/** What the list of operations shows: it stands in the address, so that a link tells it, and back goes back to it. */
export interface OperationsSearch {
  readonly search?: string;
  readonly state?: Operation['state'] | 'open';
  readonly kind?: Operation['kind'];
  /** Ids. */
  readonly encoder?: string;
  readonly room?: string;
  readonly requester?: string;
  /** Days on the calendar of the property, `YYYY-MM-DD`; both are shown. */
  readonly first?: string;
  readonly last?: string;
  /** The operation whose steps are shown beside the list. */
  readonly operation?: string;
}

/** What becomes another filter; undefined is none. */
export type SearchChange = { readonly [Name in keyof OperationsSearch]: OperationsSearch[Name] | undefined };

export const STATES = [
  'open',
  'accepted',
  'granted',
  'succeeded',
  'rejected',
  'expired',
  'withdrawn',
  'damaged',
  'unknown',
  'written-off',
] as const satisfies readonly OperationsSearch['state'][];

export const KINDS = ['issue', 'read', 'cancel'] as const satisfies readonly Operation['kind'][];

/** What of an address is meant; what is no filter is left out. Digits come from an address as a number. */
export function readOperationsSearch(given: Readonly<Record<string, unknown>>): OperationsSearch {
  const text = (name: string) => {
    const value = given[name];
    const told = typeof value === 'number' ? String(value) : value;
    const isText = typeof told === 'string' && told.trim() !== '' && told.length <= 64 && !/\p{Cc}/u.test(told);
    return isText ? told : undefined;
  };
  const number = (name: string) => {
    const told = text(name);
    return told !== undefined && /^\d{1,9}$/.test(told) ? told : undefined;
  };
  const day = (name: string) => {
    const told = text(name);
    return told !== undefined && isDay(told) ? told : undefined;
  };
  const among = <T extends string>(values: readonly T[], name: string) => values.find((value) => value === given[name]);
  return withoutUndefined({
    search: text('search'),
    state: among(STATES, 'state'),
    kind: among(KINDS, 'kind'),
    encoder: number('encoder'),
    room: text('room'),
    requester: text('requester'),
    first: day('first'),
    last: day('last'),
    operation: text('operation'),
  });
}

/** The fields that are something: whoever counts filters counts no others. */
export function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The filters alone: what is chosen beside the list is none. */
export function filtersOf({ operation: _chosen, ...filters }: OperationsSearch): Omit<OperationsSearch, 'operation'> {
  return withoutUndefined(filters);
}

/** From the start of the first day to the end of the last, by the clock of the property. RFC 3339. */
export function rangeOf(
  { first, last }: Pick<OperationsSearch, 'first' | 'last'>,
  timeZone: string,
): { readonly from?: string; readonly until?: string } {
  const startOf = (day: string) => {
    const ms = instantOf({ day, time: '00:00' }, timeZone);
    return ms === null ? undefined : new Date(ms).toISOString();
  };
  return withoutUndefined({
    from: first === undefined ? undefined : startOf(first),
    until: last === undefined ? undefined : startOf(daysLater(last, 1)),
  });
}

/** What the server is asked for. */
export function queryOf(search: OperationsSearch, timeZone: string): Omit<Input<'listOperations'>, 'property'> {
  const { search: wanted, state, kind, encoder, room, requester } = search;
  return {
    ...withoutUndefined({ search: wanted?.trim(), state, kind, encoder, room, requester }),
    ...rangeOf(search, timeZone),
  };
}

/**
 * Whether an operation that has just come to be belongs into such a list. What somebody looks for by a text is the server's to
 * find: null says that nobody can tell here.
 */
export function belongs(operation: Operation, search: OperationsSearch, timeZone: string): boolean | null {
  const { state, kind, encoder, room, requester } = search;
  const { from, until } = rangeOf(search, timeZone);
  if (
    state === 'open'
      ? !['accepted', 'granted'].includes(operation.state)
      : (state ?? operation.state) !== operation.state
  )
    return false;
  if ((kind ?? operation.kind) !== operation.kind) return false;
  if (encoder !== undefined && String(operation.encoder.id) !== encoder) return false;
  if (room !== undefined && operation.room?.id !== room) return false;
  if (requester !== undefined && operation.requester.id !== requester) return false;
  if (operation.acceptedAt < (from ?? '') || (until !== undefined && operation.acceptedAt >= until)) return false;
  return search.search === undefined ? true : null;
}
