import type { CauseName, ProblemName } from './api-operations.ts';

/** A value of the request that isn't valid. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'header';
  /** Names and indexes with dots between them; empty for the whole. */
  readonly path: string;
  readonly detail: string;
}

/** What a later server may say that this version of the client doesn't know yet. */
type Later<Known extends string> = Known | (string & Record<never, never>);

/** The body of a problem (RFC 9457), as far as this client knows it. Others of its fields are kept, too. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly cause?: string;
  readonly errors?: readonly FieldError[];
  readonly [field: string]: unknown;
}

/** The server understood the request and didn't do it. `message` says why, and what to do. */
export class KeyrackProblem<Name extends string = Later<ProblemName>> extends Error {
  override readonly name = 'KeyrackProblem';
  /** Which problem: the end of its `type`, e.g. `room-has-cards`. docs/problems.md lists them. */
  readonly problem: Name;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Why it was refused, in the words that the room-card API has too; only of the problem `refused`. */
  override readonly cause: Later<CauseName> | undefined;
  /** The values that aren't valid; empty for other problems. */
  readonly errors: readonly FieldError[];
  /** The whole body, with the fields that only some problems have. */
  readonly body: ProblemBody;
  /** By which the server's log knows the request. */
  readonly requestId: string | null;
  /** Milliseconds after which it may be sent again, where the server said so. */
  readonly retryAfterMs: number | null;
  /** Whether the request may have been done all the same, by this try or an earlier one whose answer was lost. */
  mayBeDone: boolean;

  constructor(body: ProblemBody, { requestId, retryAfterMs }: Pick<KeyrackProblem, 'requestId' | 'retryAfterMs'>) {
    const errors = Array.isArray(body.errors) ? body.errors : [];
    const wrong = errors.map(({ in: place, path, detail }) => `${[place, path].filter(Boolean).join(' ')} ${detail}`);
    super([`${body.title}: ${body.detail}`, ...wrong].join('\n  '));
    this.problem = body.type.slice(body.type.lastIndexOf('/') + 1) as Name;
    this.status = body.status;
    this.title = body.title;
    this.detail = body.detail;
    this.cause = body.cause;
    this.errors = errors;
    this.body = body;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
    this.mayBeDone = this.problem === 'outcome-unknown' || this.problem === 'internal';
  }
}

/** Why there is no answer that could be understood. */
export type UnreachableReason =
  /** There was no connection, or it broke off. */
  | 'connection'
  /** A try took longer than `timeoutMs`. */
  | 'timeout'
  /** Something answered that is no Keyrack server: a proxy, or a wrong `url`. */
  | 'not-keyrack';

/** There is no answer that could be understood. */
export class KeyrackUnreachable extends Error {
  override readonly name = 'KeyrackUnreachable';
  readonly reason: UnreachableReason;
  /** Whether the request may have been done all the same. False says that it never reached the server. */
  mayBeDone: boolean;
  /** Of the answer that wasn't understood. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    facts: Pick<KeyrackUnreachable, 'reason' | 'mayBeDone'> & {
      readonly status?: number;
      readonly retryAfterMs?: number | null;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: facts.cause });
    this.reason = facts.reason;
    this.mayBeDone = facts.mayBeDone;
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Whether this is a problem that the server told, one of these where some are named. */
export function isProblem<Name extends ProblemName = Later<ProblemName> & ProblemName>(
  error: unknown,
  ...names: readonly Name[]
): error is KeyrackProblem<Name> {
  return (
    error instanceof KeyrackProblem && (names.length === 0 || (names as readonly string[]).includes(error.problem))
  );
}

/** Whether the rules refused it, for one of these causes where some are named, e.g. `permission-off`. */
export function isRefusal<Cause extends CauseName>(
  error: unknown,
  ...causes: readonly Cause[]
): error is KeyrackProblem<'refused'> & { readonly cause: Cause } {
  return (
    isProblem(error, 'refused') && (causes.length === 0 || (causes as readonly string[]).includes(error.cause ?? ''))
  );
}

export function isUnreachable(error: unknown): error is KeyrackUnreachable {
  return error instanceof KeyrackUnreachable;
}
