import type { Input } from '@keyrack/sdk';
import { rangeOf } from '../operations/operations-search.ts';
import { isDay } from '../time/zoned.ts';

/** What the log is searched by: it stands in the address. */
export interface AuditSearch {
  /** The log of what concerns no single property, for owners. */
  readonly log?: 'installation';
  readonly actor?: string;
  readonly action?: string;
  readonly operation?: string;
  readonly card?: string;
  /** Id of a room. */
  readonly room?: string;
  readonly first?: string;
  readonly last?: string;
}
export type AuditChange = { readonly [Name in keyof AuditSearch]: AuditSearch[Name] | undefined };

/** What of an address is meant; what is no filter is left out. */
export function readAuditSearch(given: Readonly<Record<string, unknown>>): AuditSearch {
  const fits: Readonly<Record<Exclude<keyof AuditSearch, 'log'>, Pick<RegExp, 'test'>>> = {
    actor: /^\P{Cc}{1,100}$/u,
    action: /^[a-z-]{1,64}$/,
    operation: UUID,
    card: SERIAL,
    room: /^\P{Cc}{1,64}$/u,
    first: { test: isDay },
    last: { test: isDay },
  };
  const told = Object.entries(fits).flatMap(([name, form]) => {
    // What has digits alone comes from an address as a number.
    const value = typeof given[name] === 'number' ? String(given[name]) : given[name];
    return typeof value === 'string' && form.test(value) ? [[name, value]] : [];
  });
  return { ...Object.fromEntries(told), ...(given.log === 'installation' && { log: 'installation' }) };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SERIAL = /^(?:[0-9A-F]{2}){4,16}$/;

/** What the server is asked for. */
export function auditQueryOf(search: AuditSearch, timeZone: string): Omit<Input<'listAuditRecords'>, 'property'> {
  const { log: _log, first: _first, last: _last, ...filters } = search;
  return { ...filters, ...rangeOf(search, timeZone) };
}

/**
 * What somebody means by a text: an operation by its id, a room by its name or number, or a card by its whole serial. Null
 * where it is none of these.
 */
export function meantBy(
  text: string,
  rooms: readonly { readonly id: string; readonly name: string; readonly number: string }[],
): Pick<AuditSearch, 'operation' | 'card' | 'room'> | null {
  const typed = text.trim();
  if (UUID.test(typed.toLowerCase())) return { operation: typed.toLowerCase() };
  const room = rooms.find(({ name }) => name === typed) ?? rooms.find(({ number }) => number === typed);
  if (room !== undefined) return { room: room.id };
  const serial = typed.replaceAll(/[\s:-]/g, '').toUpperCase();
  return SERIAL.test(serial) ? { card: serial } : null;
}
