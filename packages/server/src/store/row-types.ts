import type { AgentAbsence } from '../domain/agent-absence.ts';
import type { ApiKey, ApiKeyVisit } from '../domain/api-key.ts';
import type { AuditRecord } from '../domain/audit.ts';
import type { Copy, CopySet } from '../domain/copy-set.ts';
import type { OneTimeLink } from '../domain/one-time-link.ts';
import type { Operation } from '../domain/operation.ts';
import type { Account, AccountProperty, Member, MemberVisit } from '../domain/people.ts';
import type { JoinedMember, Person } from '../domain/person.ts';
import type {
  Agent,
  AgentVisit,
  Building,
  Card,
  CardRecord,
  Encoder,
  EncoderClaim,
  Floor,
  ProgrammedLock,
  Property,
  RetiredJournal,
  RetiredLock,
  Room,
  SignIn,
} from '../domain/places.ts';
import type { Authenticator, Passkey, RecoveryCodes } from '../domain/second-factor.ts';
import type { Session } from '../domain/session.ts';

import type { Webhook, WebhookDelivery, WebhookProgress } from '../domain/webhook.ts';

/** Guests' data of an audit record: beside the chain, so that it can be deleted and the chain still holds. */
export interface AuditPersonal {
  readonly propertyId: string;
  readonly number: number;
  readonly salt: string;
  readonly data: string;
  readonly deleteAfter: number;
}

/** One line of a room's history: a card was issued, read, cancelled, superseded or reported lost. */
export interface RoomEvent {
  readonly propertyId: string;
  /** The operation's id and the kind, so that one operation tells each thing once for each card. */
  readonly id: string;
  readonly roomId: string;
  readonly at: number;
  readonly kind: 'issued' | 'read' | 'cancelled' | 'superseded' | 'lost' | 'retired';
  readonly serial: string | null;
  readonly recordId: string;
  readonly memberId: string | null;
}

/** A one-time code with which a new agent enrols: found by its first characters, proved by the rest. */
export interface PairingCode {
  /** The first three characters of the code. */
  readonly lookup: string;
  readonly propertyId: string;
  /** SHA-256 of the whole code in hex. */
  readonly codeHash: string;
  /** The agent that is paired anew, or null for a new one. */
  readonly replaces: string | null;
  readonly expiresAt: number;
}

/** How long a property keeps the names and phones of its guests. */
export interface GuestRule {
  readonly propertyId: string;
  /** Days after the end of the stay; null until they are deleted. */
  readonly keptDays: number | null;
}

/** Facts about the database as a whole, e.g. when it was restored. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What a request with an `Idempotency-Key` led to: its repeats are answered by it. */
export interface IdempotencyKey {
  /** Id of the credential that sent it. */
  readonly credential: string;
  readonly key: string;
  /** HMAC of the request in hex: method, address and body, under the token of the credential. */
  readonly request: string;
  readonly at: number;
  /** What its transaction returned, as JSON text. */
  readonly result: string;
  readonly hasSecret: boolean;
  /** A secret that its answer shows, sealed; null where there is none, or no longer. */
  readonly sealedSecret: string | null;
}

/** Everything durable: the type of a row in each table. */
export interface Rows {
  facts: Fact;
  apiKeys: ApiKey;
  apiKeyVisits: ApiKeyVisit;
  idempotencyKeys: IdempotencyKey;
  links: OneTimeLink;
  persons: Person;
  joinedMembers: JoinedMember;
  authenticators: Authenticator;
  passkeys: Passkey;
  recoveryCodes: RecoveryCodes;
  sessions: Session;
  accounts: Account;
  accountProperties: AccountProperty;
  properties: Property;
  buildings: Building;
  floors: Floor;
  rooms: Room;
  programmedLocks: ProgrammedLock;
  retiredLocks: RetiredLock;
  guestRules: GuestRule;
  members: Member;
  memberVisits: MemberVisit;
  agents: Agent;
  agentVisits: AgentVisit;
  agentAbsences: AgentAbsence;
  retiredJournals: RetiredJournal;
  pairingCodes: PairingCode;
  encoders: Encoder;
  encoderClaims: EncoderClaim;
  signIns: SignIn;
  cards: Card;
  cardRecords: CardRecord;
  operations: Operation;
  copySets: CopySet;
  copies: Copy;
  roomEvents: RoomEvent;
  audit: AuditRecord;
  auditPersonal: AuditPersonal;
  webhooks: Webhook;
  webhookProgress: WebhookProgress;
  webhookDeliveries: WebhookDelivery;
}
export type TableName = keyof Rows;
