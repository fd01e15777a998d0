import type { z } from 'zod';
import type { Caller, Doer } from '../domain/caller.ts';
import type { KnownTags } from '../domain/entity-tag.ts';
import type { Property } from '../domain/places.ts';
import type { Right } from '../domain/rights.ts';
import type { Run } from '../runtime/runner.ts';
import type { Transactions } from '../transactions/index.ts';
import type { HandlerParts } from './parts.ts';
import type { ProblemName } from './problems.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { StreamType } from './streams.ts';

/** What endpoints are grouped by in the document. */
export const TAGS = {
  'set-up': 'The first ten minutes of a server.',
  properties: 'Hotels and estates: the tenants of an installation.',
  members: 'People at a property, and what they may do there.',
  cards: 'Cards, what they open and what became of them.',
  'key-rack': 'What a front desk has before its eyes: who has which room, as it is and as it changes.',
  operations: 'Commands to cards at encoders, from request to recorded outcome.',
  places: 'Buildings, floors and rooms, each room with its lock.',
  accounts: 'Developer accounts of the room-card API.',
  webhooks: 'Where events are sent to, by Standard Webhooks.',
  events: 'What happened, as a list, as a stream and by webhooks.',
  audit: 'Who did what and when, in logs that show every change of the past.',
  'card-keys': 'The keys that cards are written under, and what locks are programmed with.',
  encoders: 'Card readers at front desks.',
  agents: 'Front desks: the programs on the computers that encoders are plugged into.',
  sandbox: 'Simulated encoders, to try software with. Real ones take nothing of it.',
  guests: 'What is kept of guests, and for how long.',
  people: 'Persons, the memberships that they have joined, and their sessions.',
  'api-keys': 'Credentials of programs that use /v1.',
} as const;
export type Tag = keyof typeof TAGS;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer that all went well with. Without `body` and `stream` it has none. */
export interface Answer {
  readonly description: string;
  readonly body?: z.ZodType;
  /** It comes in parts; where it has a body too, only if the caller accepts this type. */
  readonly stream?: StreamType;
}
export type Answers = Readonly<Record<number, Answer>>;

/** What `handle` returns: one of the answers of its endpoint. */
export type AnswerOf<A extends Answers> = {
  [S in keyof A & number]: {
    readonly status: S;
    /** See `entityTag`. */
    readonly etag?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } & ContentOf<A[S]>;
}[keyof A & number];

type ContentOf<A> = A extends { readonly body: infer B extends z.ZodType }
  ? { readonly body: z.input<B> } | StreamOf<A>
  : A extends { readonly stream: StreamType }
    ? StreamOf<A>
    : unknown;
type StreamOf<A> = A extends { readonly stream: StreamType } ? { readonly stream: AsyncIterable<string> } : never;

export type ChangeShowing = <K extends keyof Transactions & string>(
  secret: string,
  name: K,
  input: Parameters<Transactions[K]>[1],
) => Promise<{ readonly result: ReturnType<Transactions[K]>; readonly secret: string | null }>;

/** What `handle` is given: checked, and allowed. */
export interface Context<Params, Query, Body, OfProperty> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The property that `{property}` of the path names; the caller reaches it. */
  readonly property: OfProperty;
  readonly caller: Caller;
  /** Who does it, for the audit record. */
  readonly doer: Doer;
  /** What `If-Match` says, for the transaction to compare. */
  readonly knownTags: KnownTags;
  /** How long `Prefer: wait` asks to wait for the end, in milliseconds; null where it doesn't. */
  readonly waitMs: number | null;
  /** What the client calls itself. */
  readonly client: string | null;
  /** Where the page that asks has its session; null where no page of this server asks. */
  readonly cookie: SessionCookie | null;
  /** Unix milliseconds of the request. */
  readonly now: number;
  /** Whether the caller accepts `text/event-stream`, and its `Last-Event-ID`. */
  readonly follows: { readonly events: boolean; readonly lastEventId: string | null };
  /**
   * Counts an answer in parts, and makes it. `ended` aborts when the caller hangs up or the server stops. Throws a problem where
   * the credential has too many of them under way.
   */
  readonly streamed: (make: (ended: AbortSignal) => AsyncIterable<string>) => AsyncIterable<string>;
  /** The caller as they are by then; null where they may no longer do this: for answers that last longer than that may. */
  readonly callerNow: () => Promise<Caller | null>;
  /**
   * Runs the transaction that changes something, one for each request. A repeat with the same `Idempotency-Key` isn't run
   * again: it gets what the first returned. So build the answer from what this returns and not from what you drew.
   */
  readonly change: Run;
  /** The same for an answer that shows a secret: repeats get it for ten minutes, and then null. */
  readonly changeShowing: ChangeShowing;
  /** Aborted when the caller hangs up. */
  readonly hungUp: AbortSignal;
  readonly parts: HandlerParts;
}

type NoFields = z.ZodObject<Record<never, never>>;
type OfPath<Path> = Path extends `${string}/{property}${string}` ? Property : null;

export interface EndpointSpec<
  Path extends `/v1/${string}`,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  A extends Answers,
> {
  /** Verb and noun, e.g. `getMember`: the SDK's method and the name in logs and metrics. */
  readonly id: string;
  readonly method: Method;
  readonly path: Path;
  readonly tag: Tag;
  /** A few words, e.g. `Get a member`. */
  readonly summary: string;
  readonly description?: string;
  /** What the caller must be allowed to do; see `domain/rights.ts`. */
  readonly right: Right;
  /** Why it needs no credential. Everything else does. It remembers no repeats, and says itself whom it refuses. */
  readonly open?: string;
  /** The placeholders of the path but `{property}`. What doesn't fit is answered as what isn't there. */
  readonly params?: Params;
  /** Each schema is strict: a field that it doesn't name is refused. */
  readonly query?: Query;
  readonly body?: Body;
  /** Most bytes of the body, where BODY_BYTES is not enough. Few such requests are under way at once: see `large-requests.ts`. */
  readonly bodyBytes?: number;
  /** It takes `If-Match`. */
  readonly comparesTags?: true;
  /** It takes `Prefer: wait`. */
  readonly waits?: true;
  readonly answers: A;
  /** Problems beyond those of every endpoint. */
  readonly problems?: readonly ProblemName[];
  handle(
    context: Context<z.output<Params>, z.output<Query>, z.output<Body>, OfPath<Path>>,
  ): Promise<AnswerOf<NoInfer<A>>>;
}

/** An endpoint whose types are forgotten, as the router and the document take it. */
export interface Endpoint
  extends Omit<EndpointSpec<`/v1/${string}`, z.ZodObject, z.ZodObject, z.ZodType, Answers>, 'handle'> {
  handle(context: Context<unknown, unknown, unknown, Property | null>): Promise<AnyAnswer>;
}

export interface AnyAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly stream?: AsyncIterable<string>;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Says what an endpoint of /v1 takes, needs and answers. See CONTRIBUTING.md, "An endpoint of /v1". */
export function endpoint<
  const Path extends `/v1/${string}`,
  const A extends Answers,
  Params extends z.ZodObject = NoFields,
  Query extends z.ZodObject = NoFields,
  Body extends z.ZodType = z.ZodUndefined,
>(spec: EndpointSpec<Path, Params, Query, Body, A>): Endpoint {
  // The router checks against these very schemas before it calls `handle`.
  return spec as unknown as Endpoint;
}
