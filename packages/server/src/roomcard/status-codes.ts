import type { Cause } from '../domain/causes.ts';

type CardEndpoint = 'cancelCard' | 'readCard' | 'makeRoomCard';
export type RoomCardEndpoint = CardEndpoint | 'getMacList' | 'fetchRoomInfo' | 'queryByRoom';

/**
 * Every status of the room-card API. `http` is the HTTP status that carries it (docs/room-card-api.md, "Status codes"): 200
 * wherever the request could be read as one. `meaning` is for the documentation; `message` says what to do, and is what the
 * caller reads where no cause or parameter says it better.
 *
 * 200, 403, 4007, 5001, 5118, 6200 and their texts but 403's are published [doc]; 6209 is Keyrack's own [ours]; the others
 * are chosen here. docs/room-card-api.md lists exactly this table, and a test sees to it.
 */
export const STATUS_CODES = {
  success: {
    status: 200,
    http: 200,
    info: 'success',
    meaning: 'Done, read back from the card and recorded, now or before.',
    message: 'Nothing to do.',
  },
  parameter: {
    status: 400,
    http: 200,
    info: 'Parameter error',
    meaning: 'A parameter is missing, repeated or malformed, or the body cannot be read.',
    message: 'Correct the parameter that the message names.',
  },
  signature: {
    status: 403,
    http: 200,
    info: 'Signature error',
    meaning: 'The account is unknown, or the signature is not its own.',
    message: 'Account and signature do not agree; check accountSid and authToken, and sign every value as it is sent.',
  },
  'not-found': {
    status: 404,
    http: 404,
    info: 'Not found',
    meaning: 'No endpoint has this address.',
    message: 'Nothing is at this address; check the path, in which capital letters count.',
  },
  method: {
    status: 405,
    http: 405,
    info: 'Method not allowed',
    meaning: 'The endpoint takes another method.',
    message: 'Send this request as the Allow header says.',
  },
  slow: {
    status: 408,
    http: 408,
    info: 'Request time-out',
    meaning: 'The request did not arrive in full and in time.',
    message: 'The request did not arrive in full and in time; send it again.',
  },
  'too-large': {
    status: 413,
    http: 413,
    info: 'Request too large',
    meaning: 'The body is larger than 16 KiB.',
    message: 'The body is larger than 16 KiB; send only the parameters of the endpoint.',
  },
  'media-type': {
    status: 415,
    http: 415,
    info: 'Unsupported media type',
    meaning: 'A header says that the body is neither a form nor JSON, compressed, or not in UTF-8.',
    message: 'Correct the header that the message names with its value.',
  },
  upgrade: {
    status: 426,
    http: 426,
    info: 'Upgrade required',
    meaning: 'The address of agents was asked without a WebSocket.',
    message:
      "Keyrack's agents connect here by WebSocket, and this request asks for none. A proxy in front must pass the Upgrade header on; see docs/reverse-proxy.md.",
  },
  'too-many-failures': {
    status: 429,
    http: 200,
    info: 'Too many failures',
    meaning: 'Too many passwords of this creator, or signatures of this account from one address, were wrong lately.',
    message: 'Correct what was wrong, wait, and send again.',
  },
  'headers-too-large': {
    status: 431,
    http: 431,
    info: 'Headers too large',
    meaning: 'Address and headers are larger than 8 KiB.',
    message: 'Send the parameters in the body, and fewer or shorter headers.',
  },
  internal: {
    status: 500,
    http: 500,
    info: 'Internal error',
    meaning: 'A fault of the server.',
    message: 'What became of the request is not known; send the same again to learn it, and report X-Request-Id.',
  },
  'not-served': {
    status: 501,
    http: 200,
    info: 'Not served',
    meaning: 'The address is one of the published platform that this server does not have.',
    message: 'This address is not served here; docs/room-card-api.md, "Moving from another provider", lists what is.',
  },
  unavailable: {
    status: 503,
    http: 503,
    info: 'Service unavailable',
    meaning: 'The server is being stopped, cannot record anything, or has too many passwords to check.',
    message: 'The server cannot answer at the moment; send the same request again in a few seconds.',
  },
  'not-certified': {
    status: 4007,
    http: 200,
    info: 'Application is not certified',
    meaning: 'The developer account is suspended, or may not ask in this way or from this address.',
    message:
      'The operator of this server enables the developer account under Developers in the console, or with `keyrack accounts resume`, or `keyrack accounts change`.',
  },
  creator: {
    status: 4011,
    http: 200,
    info: 'Creator or password error',
    meaning: 'The creator is not known in this property, or the password is wrong.',
    message: 'Check creator and password.',
  },
  'creator-inactive': {
    status: 4012,
    http: 200,
    info: 'Creator is not active',
    meaning: 'The creator is no longer active in this property.',
    message: 'An administrator changes that under Members in the console, or with `keyrack members activate`.',
  },
  permission: {
    status: 4013,
    http: 200,
    info: 'Issuing permission is off',
    meaning: 'The creator may not issue, read or cancel cards.',
    message: 'An administrator turns it on under Members in the console, or with `keyrack members permit`.',
  },
  stale: {
    status: 4014,
    http: 200,
    info: 'Timestamp error',
    meaning: "The timestamp is more than 5 minutes from the server's clock.",
    message: 'Set the clock of the computer that signs, and send the current Unix seconds as timestamp.',
  },
  property: {
    status: 5001,
    http: 200,
    info: 'Community data exception',
    meaning: 'The property does not exist, or the account may not act for it.',
    message: 'Check communityNo, and that the account may act for that property.',
  },
  'no-data': {
    status: 5118,
    http: 200,
    info: 'No data is available',
    meaning: 'There is nothing to list.',
    message: 'Nothing to do; what was asked for is empty.',
  },
  'cancel-failed': {
    status: 6200,
    http: 200,
    info: 'Cancelled card error',
    meaning: 'The card was not cancelled, or is not known to be.',
    message: 'The message says what to do.',
  },
  'read-failed': {
    status: 6201,
    http: 200,
    info: 'Read card error',
    meaning: 'The card was not read.',
    message: 'The message says what to do.',
  },
  'issue-failed': {
    status: 6202,
    http: 200,
    info: 'Issue card error',
    meaning: 'The card was not issued, or is not known to be.',
    message: 'The message says what to do.',
  },
  open: {
    status: 6209,
    http: 200,
    info: 'Operation outcome open',
    meaning: 'Neither success nor failure yet.',
    message: 'Send the same request again within 10 minutes to learn the outcome.',
  },
} as const satisfies Record<string, { status: number; http: number; info: string; meaning: string; message: string }>;

export type StatusName = keyof typeof STATUS_CODES;

/** What an endpoint calls it when it can't do or has nothing to tell. */
const FAILED = {
  cancelCard: 'cancel-failed',
  readCard: 'read-failed',
  makeRoomCard: 'issue-failed',
  getMacList: 'no-data',
  fetchRoomInfo: 'no-data',
  queryByRoom: 'no-data',
} as const satisfies Record<RoomCardEndpoint, StatusName>;

/**
 * `own`: the endpoint's own code for a failure. `for-records`: for agents and records, where a caller's outcome is open; or of what this
 * API can't ask for.
 */
const CAUSE_STATUS = {
  'account-suspended': 'not-certified',
  'room-card-api-off': 'not-certified',
  'address-not-allowed': 'not-certified',
  'signature-a-off': 'not-certified',
  'property-not-allowed': 'property',
  'creator-or-password': 'creator',
  'too-many-failures': 'too-many-failures',
  'too-many-signatures': 'too-many-failures',
  'server-busy': 'unavailable',
  'member-inactive': 'creator-inactive',
  'permission-off': 'permission',
  'card-unknown': 'own',
  'card-never-issued': 'own',
  'card-issued-anew': 'own',
  'end-time-past': 'parameter',
  'end-before-begin': 'for-records',
  'lost-for-later': 'for-records',
  'no-guest-in': 'for-records',
  'next-stay-too-close': 'own',
  'too-many-upcoming': 'for-records',
  'copies-interrupted': 'for-records',
  'owner-required': 'parameter',
  'open-type-unfit': 'parameter',
  'encoder-required': 'parameter',
  'room-unknown': 'own',
  'card-type-mismatch': 'own',
  'lock-changed': 'own',
  'key-ended': 'for-records',
  'encoder-not-named': 'for-records',
  'card-blank-already': 'for-records',
  'encoder-unknown': 'own',
  'encoder-offline': 'own',
  'encoder-disputed': 'own',
  'encoder-busy': 'own',
  'not-signed-in': 'own',
  'no-marked-encoder': 'own',
  'agent-suspended': 'own',
  'agent-revoked': 'own',
  restored: 'own',
  'no-card': 'own',
  'not-a-room-card': 'own',
  'chip-not-written': 'own',
  'encoder-unfit': 'own',
  'card-not-answering': 'own',
  'encoder-in-use': 'own',
  'encoder-hung': 'own',
  'other-card': 'own',
  'card-already-issued': 'own',
  'card-not-lifted': 'own',
  'issued-card-changed': 'own',
  'issued-card-unsure': 'own',
  'card-unreadable': 'own',
  'card-occupied': 'own',
  'card-garbled': 'own',
  'card-checksum': 'own',
  'card-copied': 'own',
  'foreign-card': 'own',
  'card-changed': 'own',
  'not-carried-out': 'own',
  'write-failed': 'own',
  'card-damaged': 'own',
  'outcome-open': 'open',
  'card-in-doubt': 'open',
  'outcome-unknown': 'for-records',
  'agent-restarted': 'for-records',
  'journal-lost': 'for-records',
  declined: 'own',
  withdrawn: 'own',
  'written-off': 'own',
  'not-next': 'for-records',
  'opened-too-early': 'for-records',
  'nonce-used': 'for-records',
  'operation-over': 'for-records',
} as const satisfies Record<Cause, StatusName | 'own' | 'for-records'>;

const ALL: readonly RoomCardEndpoint[] = Object.keys(FAILED) as RoomCardEndpoint[];
const CARDS: readonly CardEndpoint[] = ['cancelCard', 'readCard', 'makeRoomCard'];
const WRITES: readonly CardEndpoint[] = ['cancelCard', 'makeRoomCard'];

/** Which endpoints can meet a cause, where that isn't every one of a card. */
const MET_AT: Partial<Record<Cause, readonly RoomCardEndpoint[]>> = {
  'account-suspended': ALL,
  'room-card-api-off': ALL,
  'address-not-allowed': ALL,
  'signature-a-off': ALL,
  'property-not-allowed': ALL,
  'too-many-signatures': ALL,
  'room-unknown': ['makeRoomCard', 'queryByRoom'],
  'card-unknown': ['cancelCard'],
  'card-never-issued': ['cancelCard'],
  'card-issued-anew': ['cancelCard'],
  'card-in-doubt': WRITES,
  'other-card': ['cancelCard'],
  'card-already-issued': ['makeRoomCard'],
  'card-not-lifted': ['makeRoomCard'],
  'issued-card-changed': ['makeRoomCard'],
  'issued-card-unsure': ['makeRoomCard'],
  'card-type-mismatch': ['cancelCard'],
  'lock-changed': WRITES,
  'end-time-past': ['makeRoomCard'],
  'next-stay-too-close': ['makeRoomCard'],
  'owner-required': ['makeRoomCard'],
  'open-type-unfit': ['makeRoomCard'],
  'encoder-required': ['makeRoomCard'],
  'card-occupied': ['makeRoomCard'],
  'card-garbled': ['readCard', 'makeRoomCard'],
  'foreign-card': ['readCard', 'makeRoomCard'],
  'card-checksum': ['readCard'],
  'card-copied': ['readCard'],
  'card-changed': WRITES,
  'write-failed': WRITES,
  'card-damaged': WRITES,
  'written-off': WRITES,
};

/** The status that a refusal or a failure for this cause has. Whatever the cause, it is one that is a failure. */
export function statusOfCause(endpoint: RoomCardEndpoint, cause: Cause): Exclude<StatusName, 'success' | 'open'> {
  const status = CAUSE_STATUS[cause];
  // An open outcome is told by the answer and not by the cause: one that is over has failed, whatever it was before.
  return status === 'own' || status === 'for-records' || status === 'open' ? FAILED[endpoint] : status;
}

/** The causes that a caller of this endpoint can be told, each with the status it comes under. */
export function causesAt(
  endpoint: RoomCardEndpoint,
): readonly { readonly cause: Cause; readonly status: StatusName }[] {
  return (Object.keys(CAUSE_STATUS) as Cause[])
    .filter((cause) => CAUSE_STATUS[cause] !== 'for-records' && (MET_AT[cause] ?? CARDS).includes(endpoint))
    .map((cause) => ({ cause, status: CAUSE_STATUS[cause] === 'open' ? 'open' : statusOfCause(endpoint, cause) }));
}
