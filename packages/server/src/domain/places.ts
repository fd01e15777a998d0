import type { AgentId, InstanceId, JournalId, JournalPosition, Mac, Serial } from '@keyrack/protocol';
import type { AgentStanding } from './agent-version.ts';
import type { Ownership } from './encoder-owner.ts';
import type { LockType } from './lock-type.ts';
import type { UnliftedIssue } from './unlifted-issues.ts';

/** A hotel or residential estate: the tenant. */
export interface Property {
  readonly id: string;
  /** The number that requests name it by, e.g. `1316879946`. */
  readonly number: string;
  readonly name: string;
  /** IANA name, e.g. `Asia/Shanghai`: what times on the wire are in. */
  readonly timeZone: string;
  /** The property card key, 32 bytes, sealed. Versions are kept apart so that locks can follow a rotation. */
  readonly cardKeys: readonly SealedCardKey[];
  /** When guests leave, by the clock of the property: `HH:mm`. */
  readonly checkOutTime: string;
}

/** The check-out time of a property for which nobody chose one. */
const USUAL_CHECK_OUT = '12:00';

/** A property without its secrets. */
export type PropertyFacts = Omit<Property, 'cardKeys'>;

export function factsOf({ id, number, name, timeZone, checkOutTime }: Property): PropertyFacts {
  return { id, number, name, timeZone, checkOutTime };
}

/** A property with its first card key. */
export function newProperty(
  given: Omit<Property, 'cardKeys' | 'checkOutTime'> & {
    readonly sealedCardKey: string;
    readonly checkOutTime?: string | undefined;
  },
): Property {
  const { sealedCardKey, checkOutTime = USUAL_CHECK_OUT, ...property } = given;
  return { ...property, cardKeys: [{ version: 1, sealed: sealedCardKey }], checkOutTime };
}

export interface SealedCardKey {
  /** 1 to 255; the highest is the one that new cards are written under. */
  readonly version: number;
  readonly sealed: string;
}

export interface Building {
  readonly propertyId: string;
  readonly id: string;
  readonly no: string;
  readonly name: string;
}

export interface Floor {
  readonly propertyId: string;
  readonly id: string;
  readonly buildingId: string;
  readonly no: string;
  readonly name: string;
}

export interface Room {
  readonly propertyId: string;
  readonly id: string;
  readonly buildingId: string;
  readonly floorId: string;
  readonly no: string;
  readonly name: string;
  readonly lockType: LockType;
  /** Number of the room's lock, unique within the property. */
  readonly lockNumber: number;
  /** Highest guest sequence given out for this room (docs/cards.md, "The card record"). */
  readonly sequence: number;
  /** The room's lock talks through a gateway, so the wire wants a holder's name. */
  readonly gateway: boolean;
  /**
   * Building, floor and room number run together. Unique within the property: signature A joins values without a
   * separator, so two rooms that run together to the same text could be exchanged in a recorded request.
   */
  readonly joinedNo: string;
}

/** The version of the property's card key that a room's lock was last programmed with, as far as anybody told. */
export interface ProgrammedLock {
  readonly propertyId: string;
  readonly roomId: string;
  readonly keyVersion: number;
  /** When that was told. Unix milliseconds. */
  readonly at: number;
}

/** The number of a removed room's lock. Cards of that room may still be about, so that no other room ever gets it. */
export interface RetiredLock {
  readonly propertyId: string;
  readonly lockNumber: number;
  /** Or why it is given to none, where no room had it. */
  readonly roomId: string;
  readonly at: number;
}

/** The front-desk program of one computer. */
export interface Agent {
  readonly propertyId: string;
  readonly id: AgentId;
  readonly name: string;
  /** SHA-256 of the enrolment token in hex, or null for an agent that proves a key. */
  readonly tokenHash: string | null;
  /** Ed25519 public key, base64url, or null for an agent that shows a token. */
  readonly publicKey: string | null;
  /** `suspended`: two computers claimed to be this one; it must be paired anew. `revoked`: never again. */
  readonly state: 'active' | 'suspended' | 'revoked';
  /** Number of its newest connection. What an older one says changes nothing. */
  readonly session: number;
  readonly instance: InstanceId | null;
  readonly journal: JournalId | null;
  /** Up to where the journal's records are recorded here. */
  readonly cursor: JournalPosition | null;
  /** What a person should know about it, e.g. a lost journal. */
  readonly attention: string | null;
  /** What people here call it; null where the name of its computer serves. */
  readonly givenName: string | null;
  /** Revoked, and listed no longer. The row stays: records name it, and its computer is told that it was revoked. */
  readonly forgotten: boolean;
}

/** An agent that has never connected. It proves who it is by a token or by a key. */
export function newAgent(
  given: Pick<Agent, 'propertyId' | 'id' | 'name'> &
    Partial<Pick<Agent, 'tokenHash' | 'publicKey' | 'session' | 'givenName'>>,
): Agent {
  const never = { instance: null, journal: null, cursor: null, attention: null, givenName: null, forgotten: false };
  return { tokenHash: null, publicKey: null, state: 'active', session: 0, ...never, ...given };
}

/** What is remembered of an agent's last connection, for people. Nothing is decided by it. */
export interface AgentVisit {
  readonly propertyId: string;
  readonly agentId: AgentId;
  /** Its program and version, e.g. `keyrack-agent 0.1.0`. */
  readonly software: string;
  /** The newest version of the agent protocol that it speaks; null where no server that knew it asked. */
  readonly protocol: number | null;
  /** How that stood to what the server spoke then. */
  readonly standing: AgentStanding;
  /** When that connection began or ended. Unix milliseconds. */
  readonly seenAt: number;
}

/** A journal that an agent once wrote and must not come back with: the mark of a copied computer. */
export interface RetiredJournal {
  readonly propertyId: string;
  readonly agentId: AgentId;
  readonly id: JournalId;
  readonly retiredAt: number;
}

export interface Encoder {
  readonly propertyId: string;
  readonly mac: Mac;
  /** The id that the room-card API lists it by, e.g. `4221`. Unique within the property. */
  readonly id: number;
  readonly name: string;
  /** The agent that it belongs to, or null where that was revoked. */
  readonly agentId: AgentId | null;
  /** See `encoder-owner.ts`. */
  readonly ownership: Ownership;
  /** Marked for card types 2 and 3. */
  readonly forSignedIn: boolean;
  /** See `unlifted-issues.ts`. */
  readonly unlifted: readonly UnliftedIssue[];
  /** Whether anything was ever asked of it. An encoder that was never used may be forgotten. */
  readonly used: boolean;
  /** What people here call it; null where what its agent calls it serves. */
  readonly givenName: string | null;
  /** Whether it serves card types 2 and 3 at its desk, as somebody chose here; null where its agent says. */
  readonly chosen: boolean | null;
  /** Lost, and listed no longer until an agent has it again. The row stays, since it knows which card may lie there. */
  readonly forgotten: boolean;
  /** It is made of memory alone: what is issued there is on no plastic. */
  readonly simulated: boolean;
}

/** An encoder that one agent alone names, and of which nothing was asked yet. */
export function newEncoder(
  given: Pick<Encoder, 'propertyId' | 'mac' | 'id' | 'name' | 'agentId' | 'forSignedIn'> & {
    readonly simulated?: boolean | undefined;
  },
): Encoder {
  const told = { givenName: null, chosen: null, forgotten: false };
  return { ...given, simulated: given.simulated ?? false, ...told, ownership: 'settled', unlifted: [], used: false };
}

/** What people call an agent or an encoder. */
export function calledName({ name, givenName }: Pick<Agent | Encoder, 'name' | 'givenName'>): string {
  return givenName ?? name;
}

/** Another agent than its owner names an encoder, by the same MAC: see `encoder-owner.ts`. */
export interface EncoderClaim {
  readonly propertyId: string;
  readonly mac: Mac;
  readonly agentId: AgentId;
  /** Order among the claims of this encoder. */
  readonly place: number;
  /** What that agent calls it, whether it is marked there, and whether it is simulated. */
  readonly name: string;
  readonly forSignedIn: boolean;
  readonly simulated: boolean;
}

/** A member at work at an agent: one per member and property, the newest. */
export interface SignIn {
  readonly propertyId: string;
  readonly memberId: string;
  readonly agentId: AgentId;
  readonly at: number;
  readonly lastActiveAt: number;
}

export interface Card {
  readonly propertyId: string;
  readonly serial: Serial;
  /** The state of the plastic, apart from what the card is for. */
  readonly plastic: 'written' | 'erased' | 'damaged' | 'unknown';
  /** What the plastic holds, where that is known. */
  readonly content: string | null;
  /**
   * The epoch of the database (a count that a restore from a backup raises) in which the content was last known at
   * first hand. In a later epoch it is only what the backup believed, until the card is read.
   */
  readonly knownInLife: number;
  /** The newest card record on this plastic. */
  readonly recordId: string | null;
  /** The newest operation that was granted on it: an earlier one can't be settled by a reading any more. */
  readonly lastGranted: string | null;
  /** The operation that left the plastic half written; null while it is whole, or is another's. */
  readonly damagedBy: string | null;
}

/** One key given to somebody: a room, a time, a holder, on one card. */
export interface CardRecord {
  readonly propertyId: string;
  readonly id: string;
  readonly serial: Serial | null;
  readonly roomId: string;
  /** See card-life.ts. */
  readonly status: 'pending' | 'void' | 'active' | 'superseded' | 'lost' | 'cancelled';
  /** Unix milliseconds. Of a card that hasn't begun: when it begins, a whole minute. */
  readonly validFrom: number;
  readonly validUntil: number;
  /** False of a card that begins later than it is issued, until the server has noted that it began. */
  readonly begun: boolean;
  /** Whose card it is: a new guest's, the guest's who has `sameAs`, or as the holder's name and phone tell. */
  readonly guest: 'by-holder' | 'new' | 'same';
  /** The record of the card that this one is a copy of; null for none. */
  readonly sameAs: string | null;
  readonly sequence: number;
  readonly flags: number;
  readonly keyVersion: number;
  readonly owner: string | null;
  readonly ownerGender: 'female' | 'male' | null;
  readonly ownerAreaCode: string | null;
  readonly ownerMobile: string | null;
  /** Whether a name, gender or phone was told and is kept. `deleted`: there was one, and nobody is the same guest any more. */
  readonly holder: 'none' | 'kept' | 'deleted';
  readonly issuedAt: number;
  readonly endedAt: number | null;
}

export const NO_HOLDER = { owner: null, ownerGender: null, ownerAreaCode: null, ownerMobile: null } as const;

/** What is kept of a holder of whom this was told. */
export function holderTold(
  told: Pick<CardRecord, 'owner' | 'ownerGender' | 'ownerAreaCode' | 'ownerMobile'>,
): 'none' | 'kept' {
  const { owner, ownerGender, ownerAreaCode, ownerMobile } = told;
  return [owner, ownerGender, ownerAreaCode, ownerMobile].every((each) => each === null) ? 'none' : 'kept';
}

/** The record of a card that was issued without a holder's name and opens its room alone, now. */
export function newCardRecord(
  given: Pick<CardRecord, 'propertyId' | 'id' | 'roomId' | 'validFrom' | 'validUntil' | 'issuedAt'> &
    Partial<CardRecord>,
): CardRecord {
  const told = { ...NO_HOLDER, ...given };
  const holder = { ...NO_HOLDER, holder: holderTold(told) };
  const order = { begun: true, guest: 'by-holder', sameAs: null, sequence: 1 } as const;
  return { serial: null, status: 'active', ...order, flags: 0, keyVersion: 1, ...holder, endedAt: null, ...given };
}
