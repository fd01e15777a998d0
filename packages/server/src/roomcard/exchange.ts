import type { OperationId } from '@keyrack/protocol';
import type { Cause } from '../domain/causes.ts';
import type { CardRequests } from '../requests/answers.ts';
import type { StatusName } from './status-codes.ts';

/** A request of the room-card API, as far as the wire below it goes. */
export interface RoomCardRequest {
  readonly contentType: string | undefined;
  /** What stands behind the `?` of the address: signature B travels there. */
  readonly query: string;
  readonly body: Uint8Array;
  /** The client's address: failed attempts count against it. */
  readonly address: string;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  /** Aborted when the caller is gone before it was answered. */
  readonly hungUp: AbortSignal;
}

/** What an answer may carry: every value on this wire is a string. */
export type ReplyData = string | readonly ReplyData[] | { readonly [name: string]: ReplyData };

/** What the caller is told, before it is bytes. */
export interface Reply {
  readonly status: StatusName;
  /** One sentence that says what to do. Null on success. */
  readonly message: string | null;
  /** Null where the endpoint returns none, and on every failure. */
  readonly data: ReplyData | null;
  /** The operation that the request led to or joined. */
  readonly operation: OperationId | null;
  readonly cause: Cause | null;
}

/** Who asks, in the request's own words. Without `verified` it is what anybody may claim. */
export interface Asker {
  readonly accountSid: string;
  readonly communityNo: string;
  /** Whether the signature is the account's. */
  readonly verified: boolean;
}

/** An exception of a request whose signature was right. Who asked goes with it, so that the log can tell. */
export class FailedRequest extends Error {
  override readonly name = 'FailedRequest';
  readonly asker: Asker;

  constructor(asker: Asker, cause: unknown) {
    super('a request could not be answered', { cause });
    this.asker = asker;
  }
}

/** What the caller should mend although the request was understood: the value of the header X-Keyrack-Warning. */
export type Warning = 'authToken-in-body';

export interface Handled {
  /** Null where the request didn't get as far as naming anybody. */
  readonly asker: Asker | null;
  readonly reply: Reply;
  readonly warning: Warning | null;
}

export type Endpoint = (cardRequests: CardRequests, request: RoomCardRequest) => Promise<Handled>;
