import { doerOf } from '@keyrack/server/domain/caller.ts';
import type { Cause } from '@keyrack/server/domain/causes.ts';
import type { Copies } from '@keyrack/server/requests/copies.ts';
import type { Operations } from '@keyrack/server/requests/operations.ts';
import { authenticate } from '@keyrack/server/rest/authenticate.ts';
import { authorise } from '@keyrack/server/rest/authorise.ts';
import type { Endpoint } from '@keyrack/server/rest/endpoint.ts';
import { changesOf } from '@keyrack/server/rest/idempotency.ts';
import type { HandlerParts } from '@keyrack/server/rest/parts.ts';
import { ProblemError, type ProblemName } from '@keyrack/server/rest/problems.ts';
import { validate } from '@keyrack/server/rest/validate.ts';
import type { Clock } from '@keyrack/server/runtime/clock.ts';
import type { Read, Run } from '@keyrack/server/runtime/runner.ts';
import type { Deed } from '../plan/plan.ts';
import { type Credential, PROPERTY, tokenOf } from './hotel.ts';

/** What of a server its endpoints for operations use. */
export interface V1 {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly operations: Operations;
  readonly copies: Copies;
}

export interface V1Request {
  readonly endpoint: Endpoint;
  readonly by: Credential;
  readonly params: Readonly<Record<string, string>>;
  readonly body: object | undefined;
  /** Its `Idempotency-Key`. */
  readonly key: string | null;
  readonly waitMs: number | null;
}

export type V1Answer =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: 'problem'; readonly problem: ProblemName; readonly cause: Cause | null };

export type AskOverV1 = Extract<Deed, { do: 'ask over v1' }>;

/** A request of /v1 and what became of it, as far as its caller heard. */
export interface AskedOverV1 {
  readonly ask: AskOverV1;
  /** Null while there is none; `not-heard` when the connection broke first, or the server couldn't say. */
  answer: V1Answer | 'not-heard' | null;
}

/** Nothing here shows a secret. */
const NO_SECRETS = {
  seal: () => {
    throw new Error('an operation has no secret to seal');
  },
  open: () => {
    throw new Error('an operation has no secret to open');
  },
};

/** A request of /v1 on its way through the server, in the steps of its router behind the reading of HTTP. */
export async function handleOverV1(
  v1: V1,
  { endpoint, by, params, body, key, waitMs }: V1Request,
  hungUp: AbortSignal,
): Promise<V1Answer> {
  const { run, read, clock } = v1;
  const token = tokenOf(by);
  const headers = key === null ? {} : { 'idempotency-key': key };
  try {
    const { right, method, path: url } = endpoint;
    const authorised = async () => {
      const whole = await authenticate(read, { token, by: 'bearer' }, clock.now());
      if (whole === null) throw new ProblemError('unauthorized');
      return authorise(read, whole, right, PROPERTY);
    };
    const { property, caller } = await authorised();
    const now = clock.now();
    const { status, body: told } = await endpoint.handle({
      params,
      query: validate('query', endpoint.query, {}),
      body: validate('body', endpoint.body, body),
      property,
      caller,
      doer: doerOf(caller, 'simulated'),
      knownTags: null,
      client: null,
      cookie: null,
      waitMs,
      now,
      ...changesOf(
        { method, url: Object.values(params).reduce((at, each) => `${at} ${each}`, url), body, headers },
        caller,
        { run, sealer: NO_SECRETS, clock, token, right, propertyId: PROPERTY, now, onSecretKept: () => {} },
      ),
      follows: { events: false, lastEventId: null },
      streamed: () => {
        throw new Error('an operation is told at once');
      },
      callerNow: async () => (await authorised()).caller,
      hungUp,
      // Endpoints for operations use nothing else.
      parts: v1 as unknown as HandlerParts,
    });
    // Whoever was cut off while they waited is told nothing more.
    if (waitMs !== null) await authorised();
    return { status, body: told };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { status: 'problem', problem: error.problem, cause: error.facts.cause ?? null };
  }
}
