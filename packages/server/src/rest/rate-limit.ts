import { type Bucket, refill } from '../domain/token-bucket.ts';
import { ProblemError } from './problems.ts';

/** What one credential may ask: so many at once, and so many in a second over a long time. */
export interface RequestLimits {
  readonly burst: number;
  readonly perSecond: number;
}

export const REQUEST_LIMITS: RequestLimits = { burst: 1_000, perSecond: 100 };

/** Credentials whose use is remembered. */
const REMEMBERED = 10_000;

/**
 * Counts a request of a credential, and returns the headers that tell it how many are left. Throws where it has none.
 *
 * One node: requests are counted in this process. With several, a credential would have as many at each.
 */
export function createRequestLimit(
  now: () => number,
  { burst, perSecond }: RequestLimits = REQUEST_LIMITS,
): (credential: string) => Readonly<Record<string, string>> {
  const buckets = new Map<string, Bucket>();
  return (credential) => {
    const bucket = refill(buckets.get(credential), { burst, perMs: perSecond / 1_000 }, now());
    const units = bucket.units < 1 ? bucket.units : bucket.units - 1;
    buckets.delete(credential);
    buckets.set(credential, { ...bucket, units });
    if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value as string);
    const headers = {
      'ratelimit-policy': `"credential";q=${burst};w=${Math.ceil(burst / perSecond)}`,
      ratelimit: `"credential";r=${Math.floor(units)};t=${Math.ceil((burst - units) / perSecond)}`,
    };
    if (bucket.units >= 1) return headers;
    const seconds = Math.max(1, Math.ceil((1 - bucket.units) / perSecond));
    throw new ProblemError('too-many-requests', { headers: { ...headers, 'retry-after': String(seconds) } });
  };
}
