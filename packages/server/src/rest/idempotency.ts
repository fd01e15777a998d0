import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../domain/caller.ts';
import type { Right } from '../domain/rights.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Run } from '../runtime/runner.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import type { ChangeShowing } from './endpoint.ts';
import { ProblemError } from './problems.ts';

/** What a client may choose: visible ASCII. */
const KEY = /^[\x21-\x7e]{1,255}$/;

interface Changes {
  readonly change: Run;
  readonly changeShowing: ChangeShowing;
}

/**
 * How the endpoint of a request changes something: if its credential still may, and once, also where the request comes again
 * with its `Idempotency-Key`.
 */
export function changesOf(
  request: Pick<FastifyRequest, 'method' | 'url' | 'body' | 'headers'>,
  caller: Caller,
  {
    run,
    sealer,
    clock,
    token,
    right,
    propertyId,
    now,
    onSecretKept,
  }: {
    readonly run: Run;
    readonly sealer: Sealer;
    readonly clock: Pick<Clock, 'now'>;
    /** The token of the credential. */
    readonly token: string;
    /** What is checked once more together with the change. */
    readonly right: Right;
    readonly propertyId: string | null;
    readonly now: number;
    readonly onSecretKept: () => void;
  },
): Changes {
  // Without a credential nothing tells whose repeat it is, nor keeps a hash of its body from being guessed.
  const takesKey = request.method === 'POST' && caller.kind !== 'nobody';
  const key = takesKey ? readKey(request.headers['idempotency-key']) : null;
  const sealedFor = (secret: string | null) =>
    secret === null ? null : sealer.seal(new TextEncoder().encode(secret), PURPOSE.repeatedSecret);
  let isDone = false;

  const changeShowing = async (secret: string | null, name: Parameters<Run>[0], input: unknown) => {
    if (isDone) throw new Error(`a request runs one transaction, and ${name} would be another`);
    isDone = true;
    if (caller.kind === 'nobody')
      return { result: await (run as (name: string, input: unknown) => unknown)(name, input), secret };
    const { credential } = caller;
    const once = key === null ? null : { key, request: hashOf(token, request), sealedSecret: sealedFor(secret), now };
    const at = clock.now();
    const ran = await run('runForCaller', { credential, right, propertyId, at, once, name, input });
    switch (ran.verdict) {
      case 'credential-ended':
        throw new ProblemError('unauthorized');
      case 'not-allowed':
        throw new ProblemError('not-found');
      case 'other-request':
        throw new ProblemError('idempotency-key-reused');
      case 'first':
        if (secret !== null && once !== null) onSecretKept();
        return { result: ran.result, secret };
      case 'repeat': {
        return { result: ran.result, secret: openKept(sealer, ran.sealedSecret) };
      }
    }
  };
  return {
    changeShowing: changeShowing as ChangeShowing,
    change: (async (name, input) => (await changeShowing(null, name, input)).result) as Run,
  };
}

/** A secret that was kept for repeats; null where there is none, or the server has another master key since. */
function openKept(sealer: Sealer, sealed: string | null): string | null {
  if (sealed === null) return null;
  try {
    return new TextDecoder().decode(sealer.open(sealed, PURPOSE.repeatedSecret));
  } catch {
    return null;
  }
}

function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && KEY.test(header)) return header;
  const detail = 'is 1 to 255 visible characters of ASCII, e.g. a UUID';
  throw new ProblemError('invalid-request', { errors: [{ in: 'header', path: 'Idempotency-Key', detail }] });
}

/** Under the token, which isn't stored: a plain hash of a body with a password in it would give that away to guessing. */
function hashOf(token: string, { method, url, body }: Pick<FastifyRequest, 'method' | 'url' | 'body'>): string {
  return createHmac('sha256', token)
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex');
}
