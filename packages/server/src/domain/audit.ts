import { hash as digest } from 'node:crypto';

/**
 * One record of a property's audit log. Records are never changed or removed, and each one's hash covers the one
 * before, so that a change in the past shows (`keyrack audit verify`).
 */
export interface AuditRecord {
  readonly propertyId: string;
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly action: AuditAction;
  /** Who did it: `account SID`, `member ID`, `person ID`, `agent ID`, `key ID`, `owner`, `server` or `operator`. */
  readonly actor: string;
  readonly operationId: string | null;
  /** What was done, as JSON text: hashed as it is stored. */
  readonly details: string;
  readonly hash: string;
}

/** The log of what concerns no single property is kept under this name, as if it were one. */
export const INSTALLATION = 'installation';

export type AuditAction =
  | 'operation-accepted'
  | 'operation-refused'
  | 'operation-repeated'
  | 'operation-granted'
  | 'operation-settled'
  | 'operation-unknown'
  | 'operation-not-written'
  | 'copies-withdrawn'
  | 'card-begun'
  | 'card-superseded'
  | 'card-retired'
  | 'agent-code-offered'
  | 'agent-enrolled'
  | 'agent-suspended'
  | 'agent-journal-lost'
  | 'agent-records-unexplained'
  | 'agent-revoked'
  | 'agent-changed'
  | 'agent-forgotten'
  | 'agent-outdated'
  | 'agent-update-failed'
  | 'agent-offline'
  | 'agent-back'
  | 'encoder-moved'
  | 'encoder-changed'
  | 'encoder-forgotten'
  | 'encoder-disputed'
  | 'encoder-dispute-ended'
  | 'member-signed-in'
  | 'member-signed-out'
  | 'account-created'
  | 'account-changed'
  | 'account-token-rotated'
  | 'account-allowed'
  | 'account-forbidden'
  | 'member-created'
  | 'member-changed'
  | 'member-password-set'
  | 'password-link-created'
  | 'member-invited'
  | 'invitation-revoked'
  | 'member-joined'
  | 'member-left'
  | 'owner-invited'
  | 'owner-joined'
  | 'owner-removed'
  | 'person-created'
  | 'person-changed'
  | 'person-password-set'
  | 'factor-begun'
  | 'factor-added'
  | 'factor-changed'
  | 'factor-removed'
  | 'recovery-codes-created'
  | 'factors-removed'
  | 'sign-in-link-created'
  | 'session-half-opened'
  | 'session-opened'
  | 'session-ended'
  | 'guest-rule-set'
  | 'guest-data-deleted'
  | 'lock-exported'
  | 'database-restored'
  | 'property-created'
  | 'webhook-created'
  | 'webhook-changed'
  | 'webhook-removed'
  | 'webhook-secret-rotated'
  | 'webhook-replayed'
  | 'webhook-disabled'
  | 'property-changed'
  | 'place-added'
  | 'place-changed'
  | 'place-removed'
  | 'rooms-imported'
  | 'api-key-created'
  | 'api-key-revoked'
  | 'sandbox-used'
  | 'disk-nearly-full'
  | 'disk-well-again';

export type AuditDraft = Omit<AuditRecord, 'number' | 'hash'>;

/** The record that follows `previous` (undefined at the start of a property's log). */
export function chainAudit(previous: AuditRecord | undefined, draft: AuditDraft): AuditRecord {
  const number = (previous?.number ?? 0) + 1;
  return { ...draft, number, hash: auditHash(previous?.hash ?? '', { ...draft, number }) };
}

/** What the next record of a chain follows. */
export type AuditLink = Pick<AuditRecord, 'number' | 'hash'>;

/**
 * The number of the first record that doesn't follow from the one before, or null when the chain holds. `after` is the link
 * before the first of them; null at the start of a property's log.
 */
export function firstBrokenLink(records: Iterable<AuditRecord>, after: AuditLink | null = null): number | null {
  let previous = after;
  for (const record of records) {
    if (record.number !== (previous?.number ?? 0) + 1) return record.number;
    if (record.hash !== auditHash(previous?.hash ?? '', record)) return record.number;
    previous = record;
  }
  return null;
}

function auditHash(previousHash: string, record: Omit<AuditRecord, 'hash'>): string {
  const { propertyId, number, at, action, actor, operationId, details } = record;
  const text = JSON.stringify([previousHash, propertyId, number, at, action, actor, operationId, details]);
  return digest('sha256', text);
}
