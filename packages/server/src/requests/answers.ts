import type { Mac, OperationId, Serial } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import type { Cause } from '../domain/causes.ts';
import type { IssueWish } from '../domain/issue-wish.ts';
import type { CardType } from '../domain/lock-type.ts';
import type { TerminalState } from '../domain/operation.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Encoder, Property } from '../domain/places.ts';
import type { CardDescription } from '../queries/describe-card.ts';
import type { RecordsQuery, RoomRecord } from '../queries/list-records-page.ts';
import type { RoomTree } from '../queries/listings.ts';
import type { MemberCheck } from '../runtime/credentials.ts';

/** What became of a request for an operation, in words that every API translates into its own. */
export type Answer =
  /** Done, read back and recorded. `repeat`: it had been done before, and no hardware was touched. */
  | { readonly outcome: 'succeeded'; readonly operation: OperationId | null; readonly repeat: boolean }
  /** Not accepted: there is no operation. */
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Accepted, and ended otherwise than by success. */
  | {
      readonly outcome: 'failed';
      readonly operation: OperationId;
      readonly state: Exclude<TerminalState, 'succeeded'>;
      readonly refusal: Refusal;
    }
  /** It can't be told yet. Sending the same request again tells. */
  | { readonly outcome: 'open'; readonly operation: OperationId; readonly refusal: Refusal };

/** An answer that tells more when it is a success. */
export type AnswerWith<T> =
  | Exclude<Answer, { outcome: 'succeeded' }>
  | (Extract<Answer, { outcome: 'succeeded' }> & { readonly value: T });

/** How an account asks: from which address, and signed by which form. */
export interface AskedHow {
  readonly address: string;
  readonly signature: 'A' | 'B';
}

/** An account whose signature has still to be checked with `token`. */
export interface KnownAccount {
  readonly sid: string;
  readonly name: string;
  readonly suspended: boolean;
  /** The secret before, while it still signs beside `token`. */
  readonly previousToken: string | null;
  /** Why it may not ask like this; null where it may. */
  readonly refusalOf: (asked: AskedHow) => Cause | null;
  /** The secret that it signs with. Never logged, stored or echoed. */
  readonly token: string;
}

/** An account that has signed this request. */
export interface VerifiedAccount extends KnownAccount {
  /** What `refusalOf` says of the request. */
  readonly refused: Cause | null;
}

/** What every request for an operation says. */
export interface CardRequest {
  readonly propertyId: string;
  readonly accountSid: string;
  /** The member whose password was checked. What could have changed since is checked again. */
  readonly member: Pick<Member, 'id' | 'version'>;
  /** Null where the request names none. */
  readonly encoder: Mac | null;
  /** The same text exactly for the same request: see `requestKey`. */
  readonly request: string;
}

export interface CancelRequest extends CardRequest {
  readonly serial: Serial;
  readonly cardType: CardType;
}

export interface ReadRequest extends CardRequest {
  readonly cardType: CardType;
}

export interface IssueRequest extends CardRequest, IssueWish {
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
}

/** A new card, in an answer of success. */
export interface IssuedCard {
  readonly serial: Serial;
  readonly recordId: string;
  /** Earlier cards of the room that this one puts out of use, and until when each may still open (Unix ms). */
  readonly superseded: readonly { readonly serial: string; readonly mayOpenUntil: number }[];
  /** When it was written (Unix ms), where this tells of an earlier request's card and no other was touched; else null. */
  readonly writtenBefore: number | null;
}

/** A card that was read, in an answer of success. `card` is null for a blank one. */
export interface ReadCard {
  readonly serial: Serial;
  readonly card: CardDescription | null;
}

/** The use cases that the room-card API is made of. */
export interface CardRequests {
  findAccount(sid: string): Promise<KnownAccount | undefined>;
  /** The property with this number, if the account may act for it: others look as if they weren't there. */
  findProperty(accountSid: string, number: string): Promise<Property | undefined>;
  /**
   * Checks a member's password: `passwordMd5` is lower-case md5 hex. An unknown creator and a wrong password cost
   * the same time and read the same. Too many wrong ones of a member close this account to that member.
   */
  checkMember(propertyId: string, accountSid: string, creator: Creator, passwordMd5: string): Promise<MemberCheck>;
  /**
   * Counts a request whose signature isn't that of the account it claims, whether or not there is one, and tells whether
   * too many came from this address before.
   */
  countWrongSignature(accountSid: string, address: string): boolean;
  /**
   * Cancels a card: accepts the operation, and waits for its outcome no longer than the configured wait. When
   * `hungUp` is aborted the caller is gone: the operation goes on, and a repeat of the request joins it.
   */
  cancelCard(request: CancelRequest, hungUp: AbortSignal): Promise<Answer>;
  /** Reads the card on the encoder. Waits as `cancelCard` does. */
  readCard(request: ReadRequest, hungUp: AbortSignal): Promise<AnswerWith<ReadCard>>;
  /** Issues one more card for a room. Waits as `cancelCard` does. */
  issueCard(request: IssueRequest, hungUp: AbortSignal): Promise<AnswerWith<IssuedCard>>;
  /** The property's encoders, in the order of their ids. */
  listEncoders(propertyId: string): Promise<readonly Encoder[]>;
  /** Buildings, floors and rooms, each in the order of their numbers. */
  listRooms(propertyId: string): Promise<readonly RoomTree[]>;
  /** A room's history, newest first, at most 1,000; null when there is no such room. */
  listRecords(query: RecordsQuery): Promise<readonly RoomRecord[] | null>;
}
