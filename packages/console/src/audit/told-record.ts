import type { Answer } from '@keyrack/sdk';

export type AuditRecord = Answer<'getAuditRecord'>;

/** Isolates a name, so that its letters turn no others around: a text has no `bdi`. */
const isolated = (name: string) => `\u2068${name}\u2069`;

/** Fields of the details that name whom or what it was done to, the most telling first. */
const SUBJECTS = ['member', 'person', 'apiKey', 'account', 'agent', 'replaces', 'encoder'] as const;

/**
 * Whom or what a record is about: what it is called today, or was called then; its room and card. Empty where the action says
 * all. Who did it isn't said again.
 */
export function subjectOf(record: Pick<AuditRecord, 'details' | 'names' | 'room' | 'actor'>): string {
  const { details, names, room, actor } = record;
  const text = (field: string) => {
    const value = details[field];
    return typeof value === 'string' ? value : null;
  };
  const parts: string[] = [];
  for (const field of SUBJECTS) {
    const id = text(field);
    if (id === null || id === actor.id) continue;
    parts.push(isolated(names[id] ?? text('name') ?? shortened(id)));
    break;
  }
  const called = text('name') ?? text('host');
  if (parts.length === 0 && called !== null) parts.push(isolated(called));
  if (room !== null) parts.push(isolated(room.name));
  const serial = text('serial');
  if (serial !== null) parts.push(`…${serial.slice(-4)}`);
  return parts.join(' · ');
}

function shortened(id: string): string {
  return id.length > 12 ? `…${id.slice(-4)}` : id;
}

/** What the details tell besides, line by line, for whoever looks closer. Times are told by `clock`. */
export function detailLines(
  { details, names }: Pick<AuditRecord, 'details' | 'names'>,
  clock: (ms: number) => string,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(details).map(([name, value]) => ({ name, value: told(name, value) }));

  function told(name: string, value: unknown): string {
    if (typeof value === 'string') return names[value] === undefined ? value : `${names[value]} (${value})`;
    if (typeof value === 'number' && TIMES.has(name)) return clock(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

const TIMES: ReadonlySet<string> = new Set([
  ...['mayOpenUntil', 'validUntil', 'begins', 'expiresAt', 'previousUntil', 'previousTokenUntil', 'since'],
]);
