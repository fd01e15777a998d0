import { Temporal } from 'temporal-polyfill';
import { type AuditAction, type AuditRecord, INSTALLATION } from './audit.ts';
import { actorParts, detailsOf } from './audit-search.ts';

/**
 * What others are told of what happened: each event is a projection of one audit record. So events have the records' order and
 * numbers, and none can be missing. What an event tells is named here field by field: card contents, addresses and credentials of
 * a record stay in the record.
 */
export interface Event {
  /** The same whenever and however it is told. */
  readonly id: string;
  readonly type: EventType;
  /** Unix milliseconds. */
  readonly at: number;
  /** Null for what concerns the whole installation. */
  readonly propertyId: string | null;
  /** Its place among the events of its property: 1, 2, 3 …, each once. */
  readonly number: number;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event in the words of /v1: an item of a list, the data of a stream, and the body of a webhook alike. */
export interface ToldEvent {
  readonly id: string;
  readonly type: EventType;
  readonly timestamp: string;
  readonly property: string | null;
  readonly number: number;
  readonly actor: Event['actor'];
  readonly data: Record<string, unknown>;
}

export function toldEvent({ id, type, at, propertyId, number, actor, data }: Event): ToldEvent {
  return { id, type, timestamp: rfc3339(at), property: propertyId, number, actor, data: { ...data } };
}

interface Projection {
  readonly type: string;
  /** What happened, for the table of the documentation. */
  readonly told: string;
  /** Fields of the record's details that the event tells. */
  readonly fields: readonly string[];
}

const tells = <const T extends string>(type: T, told: string, ...fields: readonly string[]) => ({ type, told, fields });

const OPERATION = ['kind', 'serial', 'cause', 'encoder', 'room'] as const;

/** Of each action, the event that it is. Types never change their meaning; new ones may come. */
export const PROJECTIONS = {
  'operation-accepted': tells(
    'operation.accepted',
    'an operation was accepted',
    ...OPERATION,
    'validUntil',
    'begins',
    'copy',
  ),
  'operation-refused': tells('operation.refused', 'a request for an operation was refused', ...OPERATION),
  'operation-repeated': tells(
    'operation.repeated',
    'a request was made again, and nothing was left to do',
    ...OPERATION,
  ),
  'operation-granted': tells('operation.granted', 'a card may now be written', 'kind', 'serial'),
  'operation-settled': tells('operation.settled', 'an operation has ended', 'kind', 'state', 'serial', 'cause'),
  'operation-unknown': tells('operation.unknown', 'nobody can tell how an operation ended', 'kind', 'serial', 'cause'),
  'operation-not-written': tells(
    'operation.not_written',
    'a grant came to nothing; it waits again',
    'kind',
    'serial',
    'cause',
  ),
  'copies-withdrawn': tells(
    'copies.withdrawn',
    'further copies of an issue are not made',
    'set',
    'of',
    'accepted',
    'left',
    'cause',
  ),
  'card-begun': tells('card.begun', 'a card that was issued for later has begun', 'serial', 'record'),
  'card-superseded': tells(
    'card.superseded',
    'a card was put out of use by a newer one',
    'serial',
    'record',
    'status',
    'mayOpenUntil',
  ),
  'card-retired': tells('card.retired', 'a card was taken off the books', 'serial', 'record', 'mayOpenUntil'),
  'agent-code-offered': tells('agent.code_offered', 'a pairing code was made', 'expiresAt'),
  'agent-enrolled': tells('agent.enrolled', 'a front desk was paired', 'agent', 'name', 'anew'),
  'agent-suspended': tells('agent.suspended', 'a front desk was suspended: pair it anew', 'agent', 'why'),
  'agent-journal-lost': tells('agent.journal_lost', 'a front desk has lost its journal', 'agent'),
  'agent-records-unexplained': tells(
    'agent.records_unexplained',
    'a front desk tells of writes that are unknown here',
    'agent',
  ),
  'agent-revoked': tells('agent.revoked', 'a front desk was revoked', 'agent'),
  'agent-changed': tells('agent.changed', 'a front desk was renamed', 'agent', 'name'),
  'agent-forgotten': tells('agent.forgotten', 'a front desk that was revoked was forgotten', 'agent'),
  'agent-outdated': tells(
    'agent.outdated',
    'a front desk and the server are of too different versions, or will be with the next: update the older',
    'agent',
    'software',
    'standing',
  ),
  'agent-update-failed': tells(
    'agent.update_failed',
    'a front desk tried a newer version of its program, which came to nothing: the one before runs',
    'agent',
    'version',
    'cause',
  ),
  'agent-offline': tells('agent.offline', 'a front desk has been offline for long', 'agent', 'since'),
  'agent-back': tells('agent.back', 'a front desk that had been offline for long is connected again', 'agent', 'since'),
  'encoder-moved': tells('encoder.moved', 'an encoder is at another front desk now', 'encoder', 'agent'),
  'encoder-disputed': tells('encoder.disputed', 'two front desks say that they have one encoder', 'encoder', 'agents'),
  'encoder-dispute-ended': tells('encoder.dispute_ended', 'an encoder is no longer in dispute', 'encoder', 'owner'),
  'encoder-changed': tells('encoder.changed', 'an encoder was named or marked', 'encoder', 'name', 'forSignedIn'),
  'encoder-forgotten': tells('encoder.forgotten', 'an encoder was forgotten', 'encoder'),
  'sandbox-used': tells('sandbox.used', 'a simulated encoder was driven', 'encoder'),
  'member-signed-in': tells('member.signed_in', 'a member signed in at a front desk', 'member', 'agent'),
  'member-signed-out': tells('member.signed_out', 'a member was signed out at a front desk', 'member', 'agent', 'why'),
  'member-created': tells('member.created', 'a member was added', 'member', 'role', 'issuingPermission'),
  'member-changed': tells('member.changed', 'a member was changed', 'member', 'role', 'issuingPermission', 'active'),
  'member-password-set': tells('member.password_set', 'a member got a new password', 'member'),
  'password-link-created': tells(
    'member.password_link_created',
    'a link was made by which a member sets their password',
    'member',
  ),
  'member-invited': tells('member.invited', 'a person was invited to take on a membership', 'member'),
  'invitation-revoked': tells('member.invitation_revoked', 'an invitation was taken back', 'member'),
  'member-joined': tells('member.joined', 'a person took on a membership', 'member', 'person'),
  'member-left': tells('member.left', 'a membership was taken from the person who had joined it', 'member', 'person'),
  'owner-invited': tells('owner.invited', 'a person was invited to own the installation'),
  'owner-joined': tells('owner.joined', 'a person came to own the installation', 'person'),
  'owner-removed': tells('owner.removed', 'a person owns the installation no longer', 'person'),
  'person-created': tells('person.created', 'somebody became a person by an invitation', 'person'),
  'person-changed': tells('person.changed', 'a person changed their name', 'person'),
  'person-password-set': tells('person.password_set', 'a person got a new password', 'person'),
  'factor-begun': tells('person.factor_begun', 'a person began with a second factor', 'person', 'factor'),
  'factor-added': tells('person.factor_added', 'a person got a further second factor', 'person', 'factor'),
  'factor-changed': tells('person.factor_changed', 'a person renamed a second factor', 'person', 'factor'),
  'factor-removed': tells('person.factor_removed', 'a person removed a second factor', 'person', 'factor'),
  'recovery-codes-created': tells('person.recovery_codes_created', 'a person got new recovery codes', 'person'),
  'factors-removed': tells('person.factors_removed', 'an owner removed all second factors of a person', 'person'),
  'sign-in-link-created': tells(
    'session.link_created',
    'a link was made by which somebody signs in once',
    'member',
    'person',
  ),
  'session-half-opened': tells(
    'session.half_opened',
    'somebody knew a password at /v1, and is asked for the second factor',
    'session',
  ),
  'session-opened': tells('session.opened', 'somebody signed in to /v1', 'session', 'factor', 'left'),
  'session-ended': tells('session.ended', 'somebody ended a session of their own', 'session'),
  'guest-rule-set': tells('guest_data.rule_set', 'how long the data of guests is kept was changed', 'keptDays'),
  'guest-data-deleted': tells('guest_data.deleted', 'names and phones of guests were deleted', 'records', 'why'),
  'lock-exported': tells('lock.exported', 'the keys of a lock were exported, sealed', 'room'),
  'database-restored': tells('database.restored', 'the server was restored from a backup'),
  'webhook-created': tells('webhook.created', 'a webhook was added', 'webhook', 'types'),
  'webhook-changed': tells('webhook.changed', 'a webhook was changed', 'webhook', 'types', 'state'),
  'webhook-removed': tells('webhook.removed', 'a webhook was removed', 'webhook'),
  'webhook-secret-rotated': tells('webhook.secret_rotated', 'a webhook got another secret', 'webhook', 'previousUntil'),
  'webhook-replayed': tells('webhook.replayed', 'events are sent to a webhook again', 'webhook'),
  'webhook-disabled': tells(
    'webhook.disabled',
    'a webhook was disabled: its receiver is gone, or nothing arrived for days',
    'webhook',
    'why',
  ),
  'property-created': tells('property.created', 'the property was added', 'number', 'name', 'timeZone', 'checkOutTime'),
  'property-changed': tells(
    'property.changed',
    'the property was changed',
    'number',
    'name',
    'timeZone',
    'checkOutTime',
  ),
  'place-added': tells('place.added', 'a building, floor or room was added', 'building', 'floor', 'room'),
  'place-changed': tells('place.changed', 'a building, floor or room was changed', 'building', 'floor', 'room'),
  'place-removed': tells('place.removed', 'a building, floor or room was removed', 'building', 'floor', 'room'),
  'rooms-imported': tells('rooms.imported', 'a list of rooms was imported', 'added', 'changed', 'unchanged'),
  'account-created': tells('account.created', 'a developer account was added', 'account'),
  'account-changed': tells(
    'account.changed',
    'a developer account was changed',
    'account',
    'state',
    'roomCardApi',
    'signatureA',
  ),
  'account-token-rotated': tells('account.token_rotated', 'a developer account got another token', 'account'),
  'account-allowed': tells('account.allowed', 'a developer account may act for the property', 'account'),
  'account-forbidden': tells('account.forbidden', 'a developer account may no longer act for the property', 'account'),
  'api-key-created': tells('api_key.created', 'an API key was made', 'apiKey', 'scopes', 'expiresAt'),
  'api-key-revoked': tells('api_key.revoked', 'an API key was revoked', 'apiKey'),
  'disk-nearly-full': tells(
    'disk.nearly_full',
    "the disk of the server's data folder is nearly full",
    'freeBytes',
    'sizeBytes',
  ),
  'disk-well-again': tells(
    'disk.well_again',
    "the disk of the server's data folder has room again",
    'freeBytes',
    'sizeBytes',
  ),
} as const satisfies { readonly [A in AuditAction]: Projection };

/** How an operation may have ended: each is a type of its own. */
export const ENDS = {
  succeeded: tells('operation.succeeded', 'the card was written and read back, or was read'),
  rejected: tells('operation.rejected', 'an operation has ended, and the card was not changed'),
  damaged: tells('operation.damaged', 'the card holds neither the old content nor the new'),
  expired: tells('operation.expired', 'no card came in time'),
  withdrawn: tells('operation.withdrawn', 'an operation was withdrawn'),
  'written-off': tells('operation.written_off', 'an operation was written off; read the card before it is used'),
} as const;

type Settled = (typeof PROJECTIONS)['operation-settled']['type'];
export type EventType =
  | Exclude<(typeof PROJECTIONS)[AuditAction]['type'], Settled>
  | (typeof ENDS)[keyof typeof ENDS]['type'];

export interface ToldType {
  readonly type: EventType;
  /** What it tells of. */
  readonly told: string;
  /** The fields of its data. */
  readonly fields: readonly string[];
}

/** Every type of event, by name. */
export const EVENT_TYPES: readonly ToldType[] = Object.entries(PROJECTIONS)
  .flatMap(([action, { type, told, fields }]): ToldType[] => {
    const named = [...(action.startsWith('operation-') ? ['operation'] : []), ...fields.map(nameOf)];
    if (type !== 'operation.settled') return [{ type, told, fields: named }];
    return Object.values(ENDS).map((end) => ({ type: end.type, told: end.told, fields: named }));
  })
  .sort((one, other) => (one.type < other.type ? -1 : 1));

export const EVENT_TYPE_NAMES = EVENT_TYPES.map(({ type }) => type);

/** The event that an audit record is. */
export function eventOf(record: AuditRecord): Event {
  const { propertyId, number, at, action, actor, operationId } = record;
  const details: Readonly<Record<string, unknown>> = { ...ofActor(actor), ...detailsOf(record) };
  const { type, fields } = PROJECTIONS[action];
  const told = fields
    .filter((field) => details[field] !== undefined)
    .map((field) => [nameOf(field), inWordsOfV1(field, details[field])]);
  return {
    id: `evt_${propertyId}_${number}`,
    type: type === 'operation.settled' ? endOf(details.state) : type,
    at,
    propertyId: propertyId === INSTALLATION ? null : propertyId,
    number,
    actor: actorParts(actor),
    data: { ...(operationId !== null && { operation: operationId }), ...Object.fromEntries(told) },
  };
}

/** What an agent or member did is told of them. */
function ofActor(actor: string): Readonly<Record<string, unknown>> {
  const { kind, id } = actorParts(actor);
  return kind === 'agent' || kind === 'member' ? { [kind]: id } : {};
}

function endOf(state: unknown): EventType {
  const end = ENDS[state as keyof typeof ENDS];
  if (end === undefined) throw new Error(`an operation can't have ended as ${String(state)}`);
  return end.type;
}

/** Fields that /v1 calls otherwise. */
function nameOf(field: string): string {
  return field === 'record' ? 'cardRecord' : field === 'begins' ? 'validFrom' : field;
}

const TIMES = ['mayOpenUntil', 'validUntil', 'begins', 'expiresAt', 'previousUntil', 'since'];

/** A value in the words of /v1: times as they are everywhere, an encoder by its MAC. */
function inWordsOfV1(field: string, value: unknown): unknown {
  if (TIMES.includes(field) && typeof value === 'number') return rfc3339(value);
  return field === 'encoder' && typeof value === 'string' ? { mac: value } : value;
}

function rfc3339(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'millisecond' });
}
