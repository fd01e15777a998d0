import type { Refusal } from '../domain/authorise.ts';
import { type Cause, explain } from '../domain/causes.ts';

/** One kind of problem that /v1 answers with. Its name is the end of its `type`, and never changes. */
interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What to do, where nothing more exact is known. */
  readonly advice: string;
}

const kind = (status: number, title: string, advice: string): ProblemKind => ({ status, title, advice });

/**
 * Every problem of /v1. docs/problems.md lists them, generated; add yours here and name it in your endpoint's `problems`.
 */
export const PROBLEMS = {
  // Of every endpoint.
  'invalid-request': kind(400, 'The request is not valid', 'Correct what `errors` names, and send it again.'),
  unauthorized: kind(
    401,
    'A valid credential is missing',
    'Send `Authorization: Bearer` with an API key that is neither expired nor revoked.',
  ),
  forbidden: kind(403, 'This credential may not do that', 'Use a credential that has the right to do it.'),
  'foreign-page': kind(
    403,
    'This page is not of this server',
    'Open the console at the address of this server; behind a proxy, set KEYRACK_PUBLIC_URL to it.',
  ),
  'not-found': kind(
    404,
    'Nothing is here',
    'Check the address, and that the credential reaches this property and has the right to see it.',
  ),
  'method-not-allowed': kind(405, 'This address takes another method', 'Use a method that the `Allow` header names.'),
  'too-large': kind(413, 'The body is too large', 'Send less at once.'),
  'unsupported-media-type': kind(
    415,
    'The body is of another type',
    'Send JSON in UTF-8 with `Content-Type: application/json`, not compressed.',
  ),
  'too-many-requests': kind(429, 'Too many requests', 'Wait as long as `Retry-After` says, in seconds.'),
  'too-many-streams': kind(
    429,
    'Too many answers in parts are under way',
    'End others of this credential or property first, or wait as long as `Retry-After` says, in seconds.',
  ),
  internal: kind(500, 'The server failed', "Send it again; where it fails again, look into the server's log."),
  unavailable: kind(503, 'The server can do nothing right now', 'Send it again in a few seconds.'),
  'disk-full': kind(
    507,
    "The server's disk is full",
    'Nothing was changed. Whoever runs the server has to make space on the disk of its data folder; then send it again.',
  ),
  'outcome-unknown': kind(
    503,
    'It is not known whether it was done',
    'Send it again with the same `Idempotency-Key`, or look whether it was done.',
  ),

  // Of endpoints that change something.
  'changed-meanwhile': kind(
    412,
    'It was changed meanwhile',
    'Get it again, and send the change with the `ETag` of that answer in `If-Match`.',
  ),
  'idempotency-key-reused': kind(
    422,
    'This Idempotency-Key came with another request',
    'Use a new key for a new request, and the same key only to send the same request again.',
  ),

  // Of some.
  refused: kind(409, 'It was refused', 'The `cause` says why, and `detail` what to do.'),
  'owner-key-stays': kind(
    409,
    "The owner's key can't be revoked here",
    'Delete the file `owner-key` in the data folder and start the server anew.',
  ),
  'sign-in-refused': kind(
    401,
    'Signing in was refused',
    'Nobody is known by this name here, or the password is wrong: check both, and whether `property` is needed.',
  ),
  'too-many-failures': kind(
    429,
    'Too many failed attempts',
    'Wait as long as `Retry-After` says, in seconds; until then nothing is looked at.',
  ),
  'factor-refused': kind(
    401,
    'The second factor was not right',
    'Send the code that the app shows now, a recovery code that was not used, or a passkey of this person; each is good once.',
  ),
  'sign-in-over': kind(
    401,
    'This sign-in is over',
    'It waits five minutes for the second factor, and is opened once: sign in with the password again.',
  ),
  'factor-needed': kind(409, 'There is no second factor yet', 'Add an authenticator or a passkey first.'),
  'passkeys-not-set-up': kind(
    409,
    'This server is not set up for passkeys',
    'Set KEYRACK_PUBLIC_URL to the `https` address at which people reach it, with a name and no number; or use an authenticator app.',
  ),
  'passkey-refused': kind(
    409,
    'This is no new passkey that was made here',
    'Begin again with `POST /v1/me/passkeys/options` in the same session, and send what the browser makes by it within five minutes.',
  ),
  'too-many-passkeys': kind(409, 'There are as many passkeys as there may be', 'Remove one first.'),
  'passkey-unknown': kind(
    401,
    'Nobody signs in by this passkey',
    'Ask for it again by `POST /v1/sessions/passkey-options`; where it stays unknown, sign in with the password.',
  ),
  'authenticator-there': kind(409, 'There is an authenticator already', 'Remove it first, or go on with it.'),
  'authenticator-not-begun': kind(
    409,
    'No authenticator waits for its first code',
    'Begin with `POST /v1/me/authenticator`; one that is confirmed needs no further code.',
  ),
  'invitation-over': kind(
    409,
    'The invitation is not valid',
    'It is good once and for a limited time; an administrator makes a new one under Members in the console, or with `keyrack members invite`.',
  ),
  'link-over': kind(
    409,
    'The link is not valid',
    'It is good once and for a limited time; whoever sent it makes a new one.',
  ),
  'set-up-over': kind(
    409,
    'This server is set up already',
    'Sign in by the password that was chosen. Others are let in under Members in the console, or by `keyrack members invite`.',
  ),
  'set-up-refused': kind(
    403,
    'This is not the link of the last start',
    'Use the newest link that the server printed when it started; each start makes another.',
  ),
  'already-there': kind(
    409,
    'You have a place at this property already',
    'Go on with that one, or have it taken from you first.',
  ),
  'member-joined': kind(
    409,
    'A person has joined this membership',
    'Take it from them first, by `DELETE …/members/{member}/person` or `keyrack members remove-person`.',
  ),
  'person-needed': kind(409, 'This is for a person alone', "Sign in without `property`, by the person's own password."),
  'sid-taken': kind(
    409,
    'There is an account with this sid already',
    'Change that one, give it its token by `POST …/accounts/{account}/tokens`, and let it act for the property.',
  ),
  'phone-taken': kind(409, 'Another one has this mobile', 'Change the other one first, or send another mobile.'),
  'email-taken': kind(409, 'Another one has this e-mail', 'Change the other one first, or send another e-mail.'),
  'role-without-permission': kind(
    409,
    'This role works with no cards',
    'Turn the issuing permission off, or choose another role.',
  ),
  'last-administrator': kind(
    409,
    'The property has no other administrator',
    'Make another active member an administrator first, e.g. under Members in the console, or with `keyrack members change --role administrator`.',
  ),
  'not-in-this-state': kind(
    409,
    'Its state does not allow that',
    'Get it to see its state; what has ended or is being written can no longer be changed.',
  ),
  'too-many-webhooks': kind(409, 'There are as many webhooks as there may be', 'Remove one first, or change it.'),
  'locks-behind': kind(
    409,
    'Locks have an old version of the card key',
    'Program the rooms’ locks that have an old version and say so there, or send `force`: their guests then need new cards.',
  ),
  'not-empty': kind(
    409,
    'Something is in it',
    'Remove what is in it first: the rooms of a floor, the floors of a building.',
  ),
  'numbers-run-together': kind(
    409,
    "Two rooms' numbers would run together to the same text",
    'Number one of the rooms anew, or signed requests of the room-card API could be exchanged.',
  ),
  'room-has-cards': kind(
    409,
    'Cards of this room are in use',
    'Cancel or retire each card that `cards` names, or wait until it is over; then remove the room.',
  ),
  'rooms-not-imported': kind(
    409,
    'The list of rooms has lines that can not be taken',
    'Correct what `errors` names; nothing was changed.',
  ),
  'not-simulated': kind(
    409,
    'This encoder is no simulated one',
    'Name an encoder of an agent that was started with `--sim-encoder`, or of the demonstration.',
  ),
  'sandbox-refused': kind(409, 'The sandbox can not do that', 'The `detail` says what to do first.'),
  'number-taken': kind(409, 'Another one has this number', 'Choose another number.'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemName = keyof typeof PROBLEMS;

/** A value of the request that isn't valid. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'header';
  /** Names and indexes with dots between them; empty for the whole. */
  readonly path: string;
  readonly detail: string;
}

export interface ProblemCard {
  /** Null where the card is being issued, and nobody knows yet on which. */
  readonly serial: string | null;
  /** Id of its card record. */
  readonly record: string;
  /** RFC 3339. */
  readonly validUntil: string;
}

export interface ProblemFacts {
  readonly detail?: string;
  readonly cause?: Cause;
  readonly errors?: readonly FieldError[];
  /** Cards that are in the way. */
  readonly cards?: readonly ProblemCard[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request with a problem, from wherever it is thrown. */
export class ProblemError extends Error {
  readonly problem: ProblemName;
  readonly facts: ProblemFacts;

  constructor(problem: ProblemName, facts: ProblemFacts = {}) {
    super(PROBLEMS[problem].title);
    this.name = 'ProblemError';
    this.problem = problem;
    this.facts = facts;
  }
}

/** Of what the rules refuse: the cause has the same name as in the room-card API. */
export function refusedBy({ cause, facts }: Refusal): ProblemError {
  return new ProblemError('refused', { cause, detail: explain(cause, facts) });
}

/** The body of a problem (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly cause?: Cause;
  readonly errors?: readonly FieldError[];
  readonly cards?: readonly ProblemCard[];
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemBody(name: ProblemName, { detail, cause, errors, cards }: ProblemFacts = {}): ProblemBody {
  const { status, title, advice } = PROBLEMS[name];
  return {
    type: `/v1/problems/${name}`,
    title,
    status,
    detail: detail ?? advice,
    ...(cause && { cause }),
    ...(errors && { errors }),
    ...(cards && { cards }),
  };
}
