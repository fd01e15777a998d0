import type { AuditRecord } from './audit.ts';

/** What audit records are searched by, beyond their own columns. */

/** An actor in its parts: `key ID` is a kind and an id, `owner` a kind alone. */
export function actorParts(actor: string): { readonly kind: string; readonly id: string | null } {
  const [, kind = actor, id = null] = /^(\S+) (.+)$/.exec(actor) ?? [];
  return { kind: KIND_NAMES[kind] ?? kind, id };
}

/** Kinds that /v1 calls otherwise. */
const KIND_NAMES: Readonly<Record<string, string>> = { key: 'apiKey' };

/** Whether this actor is meant: as a whole, by its kind where it has no id, or by its id. */
export function actorIs(actor: string, wanted: string): boolean {
  return actor === wanted || actorParts(actor).id === wanted;
}

/** What a record tells, as an object; an empty one where it is none. */
export function detailsOf({ details }: Pick<AuditRecord, 'details'>): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(details);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
}

export function isOfCard(record: Pick<AuditRecord, 'details'>, serial: string): boolean {
  return detailsOf(record).serial === serial;
}

/** The room that a record names by itself; else the card record that it names, if any. */
export function roomTold(
  record: Pick<AuditRecord, 'details'>,
): { readonly known: true; readonly room: string } | { readonly known: false; readonly cardRecord: string | null } {
  const { room: told, record: cardRecord } = detailsOf(record);
  const id = typeof told === 'object' && told !== null && 'id' in told ? told.id : told;
  if (typeof id === 'string') return { known: true, room: id };
  return { known: false, cardRecord: typeof cardRecord === 'string' ? cardRecord : null };
}
