import { FAILURES, WRONG_SIGNATURES } from '../domain/limits.ts';
import { sourceKey } from './client-address.ts';

/** Counts requests with a wrong signature, by source and by the account that they claim. In memory, bounded, per node. */
export interface WrongSignatures {
  /** Counts one, and tells whether there were too many before. */
  add(accountSid: string, address: string): boolean;
}

export type WrongSignatureLimits = { readonly [Limit in keyof typeof WRONG_SIGNATURES]: number };

interface Count {
  failures: number;
  readonly since: number;
}

/** Claims beyond those that are counted one by one; no accountSid is empty. */
const OTHERS = '';

/**
 * An account that doesn't exist is counted as one that does, so that the answer tells nothing. Made-up accounts can't
 * push out a count: each source has its own few, and whatever it claims beyond them shares one.
 *
 * One node: they are counted in this process. With several, as many would be free at each.
 *
 * `now` is monotonic, in milliseconds.
 */
export function createWrongSignatures(
  now: () => number,
  limits: WrongSignatureLimits = WRONG_SIGNATURES,
): WrongSignatures {
  /** The source that was quiet for longest stands in front. */
  const sources = new Map<string, Map<string, Count>>();

  const countsOf = (source: string): Map<string, Count> => {
    const counts = sources.get(source) ?? new Map<string, Count>();
    sources.delete(source);
    sources.set(source, counts);
    if (sources.size > limits.sources) sources.delete(sources.keys().next().value as string);
    for (const [claim, { since }] of counts) if (now() - since >= FAILURES.windowMs) counts.delete(claim);
    return counts;
  };

  return {
    add(accountSid, address) {
      const counts = countsOf(sourceKey(address));
      const claim = counts.has(accountSid) || counts.size < limits.accountsPerSource ? accountSid : OTHERS;
      const count = counts.get(claim) ?? { failures: 0, since: now() };
      count.failures += 1;
      counts.set(claim, count);
      return count.failures > limits.most;
    },
  };
}
