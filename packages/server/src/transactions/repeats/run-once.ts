import { REPEATS } from '../../domain/limits.ts';
import type { Operation } from '../../domain/operation.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import type { TransactionSet, Tx } from '../../store/store.ts';

export interface RunOnce {
  /** Id of the credential. Its keys are its own. */
  readonly credential: string;
  /** The `Idempotency-Key` that it sent. */
  readonly key: string;
  /** A hash of the request in hex. */
  readonly request: string;
  /** A secret that the answer shows, sealed; null for none. */
  readonly sealedSecret: string | null;
  readonly now: number;
  /** The transaction and its input. */
  readonly name: string;
  readonly input: unknown;
}

export type RanOnce =
  /** `changed`: what the runner publishes of the transaction. */
  | { readonly verdict: 'first'; readonly result: unknown; readonly changed: readonly Operation[] }
  /** What the first one returned, but for what it published. `sealedSecret` is null where there was none, or no longer. */
  | { readonly verdict: 'repeat'; readonly result: unknown; readonly sealedSecret: string | null }
  /** The key came with another request before. */
  | { readonly verdict: 'other-request' };

/**
 * A transaction that runs one of the others, and keeps what that returned together with what it changed: a repeat is told the
 * same, also where the server died before it could answer. What changed nothing leaves nothing, and is tried anew.
 */
export function runOnceOf(transactions: TransactionSet): (tx: Tx, input: RunOnce) => RanOnce {
  return (tx, { credential, key, request, sealedSecret, now, name, input }) => {
    forgetRepeats(tx, { now });
    const known = tx.get('idempotencyKeys', credential, key);
    if (known !== undefined && (ageOf(known.at, now) ?? 0) < REPEATS.keptMs) {
      if (known.request !== request) return { verdict: 'other-request' };
      const isFresh = (ageOf(known.at, now) ?? 0) < REPEATS.secretMs;
      return {
        verdict: 'repeat',
        result: JSON.parse(known.result),
        sealedSecret: isFresh ? known.sealedSecret : null,
      };
    }
    const transaction = transactions[name];
    if (transaction === undefined) throw new TypeError(`there is no transaction ${name}`);
    const [watched, hasWritten] = watchWrites(tx);
    const result = transaction(watched, input) ?? null;
    const { changed, ...kept } = isObject(result) ? result : {};
    if (hasWritten()) {
      tx.put('idempotencyKeys', {
        credential,
        key,
        request,
        at: now,
        result: JSON.stringify(changed === undefined ? result : { ...kept, changed: [] }),
        hasSecret: sealedSecret !== null,
        sealedSecret,
      });
    }
    return { verdict: 'first', result, changed: (changed ?? []) as readonly Operation[] };
  };
}

/** Forgets some of what is too old to be repeated. Returns whether secrets are left. */
export function forgetRepeats(tx: Tx, { now }: { readonly now: number }): boolean {
  const limit = REPEATS.forgottenAtOnce;
  for (const { credential, key } of tx.find('idempotencyKeys', 'byAge', [], { before: now - REPEATS.keptMs, limit }))
    tx.remove('idempotencyKeys', credential, key);
  for (const row of tx.find('idempotencyKeys', 'withSecret', [], { before: now - REPEATS.secretMs, limit }))
    tx.put('idempotencyKeys', { ...row, hasSecret: false, sealedSecret: null });
  return tx.find('idempotencyKeys', 'withSecret', [], { limit: 1 }).length > 0;
}

function watchWrites(tx: Tx): [Tx, () => boolean] {
  let hasWritten = false;
  const watched: Tx = {
    get: (table, ...key) => tx.get(table, ...key),
    find: tx.find.bind(tx) as Tx['find'],
    put(table, row) {
      hasWritten = true;
      tx.put(table, row);
    },
    remove(table, ...key) {
      hasWritten = true;
      tx.remove(table, ...key);
    },
  };
  return [watched, () => hasWritten];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
