import { CLOCK_TOLERANCE_MS, REPEATS } from '../../domain/limits.ts';
import type { Operation } from '../../domain/operation.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import type { Tx } from '../../store/store.ts';

export interface Once {
  /** The `Idempotency-Key` of the request. Those of each credential are its own. */
  readonly key: string;
  /** A hash of the request in hex. */
  readonly request: string;
  /** A secret that the answer shows, sealed; null for none. */
  readonly sealedSecret: string | null;
  readonly now: number;
}

export type RanOnce =
  /** `changed`: what the runner publishes of the transaction. */
  | { readonly verdict: 'first'; readonly result: unknown; readonly changed: readonly Operation[] }
  /** What the first one returned, but for what it published. `sealedSecret` is null where there was none, or no longer. */
  | { readonly verdict: 'repeat'; readonly result: unknown; readonly sealedSecret: string | null }
  /** The key came with another request before. */
  | { readonly verdict: 'other-request' };

type RunOther = (tx: Tx) => unknown;

/** Runs it, and keeps nothing for a repeat. */
export function runAnyway(tx: Tx, run: RunOther): RanOnce {
  const result = run(tx);
  return { verdict: 'first', result, changed: changedBy(result) };
}

/**
 * Runs it the first time, and keeps what it returned together with what it changed: a repeat is told the same, also where the
 * server died before it could answer. What changed nothing or was refused leaves nothing, and is tried anew.
 */
export function keepFirst(
  tx: Tx,
  credential: string,
  { key, request, sealedSecret, now }: Once,
  run: RunOther,
): RanOnce {
  forgetRepeats(tx, { now });
  const known = tx.get('idempotencyKeys', credential, key);
  if (known !== undefined && (ageOf(known.at, now) ?? 0) < REPEATS.keptMs) {
    if (known.request !== request) return { verdict: 'other-request' };
    // A clock that was set back leaves its age unknown: then a secret is shown to nobody.
    const isFresh = (ageOf(known.at, now) ?? REPEATS.secretMs) < REPEATS.secretMs;
    return { verdict: 'repeat', result: JSON.parse(known.result), sealedSecret: isFresh ? known.sealedSecret : null };
  }
  const [watched, hasWritten] = watchWrites(tx);
  const result = run(watched);
  // A refusal may stand in the audit log, and changed nothing else.
  if (hasWritten() && !(isObject(result) && result.verdict === 'refused')) {
    tx.put('idempotencyKeys', {
      credential,
      key,
      request,
      at: now,
      // What the first one published isn't published again. Some tell by this name how many they changed: that is told.
      result: JSON.stringify(isObject(result) && Array.isArray(result.changed) ? { ...result, changed: [] } : result),
      hasSecret: sealedSecret !== null,
      sealedSecret,
    });
  }
  return { verdict: 'first', result, changed: changedBy(result) };
}

function changedBy(result: unknown): readonly Operation[] {
  return isObject(result) && Array.isArray(result.changed) ? result.changed : [];
}

/** Forgets some of what is too old to be repeated. Returns whether secrets are left. */
export function forgetRepeats(tx: Tx, { now }: { readonly now: number }): boolean {
  const limit = REPEATS.forgottenAtOnce;
  for (const { credential, key } of tx.find('idempotencyKeys', 'byAge', [], { before: now - REPEATS.keptMs, limit }))
    tx.remove('idempotencyKeys', credential, key);
  const secrets = [
    ...tx.find('idempotencyKeys', 'withSecret', [], { before: now - REPEATS.secretMs, limit }),
    // Of unknown age, since the clock was set back.
    ...tx.find('idempotencyKeys', 'withSecret', [], { from: now + CLOCK_TOLERANCE_MS + 1, limit }),
  ];
  for (const row of secrets) tx.put('idempotencyKeys', { ...row, hasSecret: false, sealedSecret: null });
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
