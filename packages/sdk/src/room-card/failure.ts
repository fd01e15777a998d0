/** What each status means, by a name. The numbers are those of docs/room-card-api.md, "Status codes". */
export const ROOM_CARD_STATUS = {
  parameter: 400,
  signature: 403,
  'not-found': 404,
  method: 405,
  slow: 408,
  'too-large': 413,
  'media-type': 415,
  upgrade: 426,
  'too-many-failures': 429,
  'headers-too-large': 431,
  internal: 500,
  'not-served': 501,
  unavailable: 503,
  'not-certified': 4007,
  creator: 4011,
  'creator-inactive': 4012,
  permission: 4013,
  stale: 4014,
  property: 5001,
  'no-data': 5118,
  'cancel-failed': 6200,
  'read-failed': 6201,
  'issue-failed': 6202,
  open: 6209,
} as const;

export type RoomCardReason = keyof typeof ROOM_CARD_STATUS;

/** The envelope of an answer. */
export interface Envelope {
  readonly status: number;
  readonly info: string;
  /** What to do; not of every server that speaks this API. */
  readonly message?: string;
  readonly data?: unknown;
}

export interface RoomCardFacts {
  /** By which the server's log knows the request. */
  readonly requestId: string | null;
  /** By which the records know the operation that the request led to, or joined. */
  readonly operationId: string | null;
}

/** The request was understood and not done, or its outcome is open: see `reason`. `message` says what to do. */
export class RoomCardFailure extends Error {
  override readonly name = 'RoomCardFailure';
  readonly status: number;
  /** The status by name; null for one that this client doesn't know. */
  readonly reason: RoomCardReason | null;
  readonly info: string;
  readonly requestId: string | null;
  readonly operationId: string | null;

  constructor({ status, info, message }: Envelope, { requestId, operationId }: RoomCardFacts) {
    super(message ?? info);
    this.status = status;
    this.reason = reasonOf(status);
    this.info = info;
    this.requestId = requestId;
    this.operationId = operationId;
  }
}

function reasonOf(status: number): RoomCardReason | null {
  const found = Object.entries(ROOM_CARD_STATUS).find(([, each]) => each === status);
  return found === undefined ? null : (found[0] as RoomCardReason);
}

/**
 * Whether the room-card API refused, for one of these reasons where some are named. `open` is neither success nor failure:
 * send the same request again, and ask for no other card.
 */
export function isRoomCardFailure<Reason extends RoomCardReason>(
  error: unknown,
  ...reasons: readonly Reason[]
): error is RoomCardFailure & { readonly reason: Reason } {
  return (
    error instanceof RoomCardFailure &&
    (reasons.length === 0 || (reasons as readonly (string | null)[]).includes(error.reason))
  );
}
