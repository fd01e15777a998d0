import { type Bucket, refill } from '../domain/token-bucket.ts';
import { sourceKey } from './client-address.ts';
import type { ServerLog } from './log.ts';

/** How many lines may be written. A bucket holds `burst` lines and gains `perMinute`. */
export interface FailureLogLimits {
  readonly perSource: LineLimits;
  readonly overall: LineLimits;
  /** Source addresses that are remembered; the one that was quiet for longest is forgotten first. */
  readonly sources: number;
}

interface LineLimits {
  readonly burst: number;
  readonly perMinute: number;
}

export const FAILURE_LOG_LIMITS: FailureLogLimits = {
  perSource: { burst: 10, perMinute: 6 },
  overall: { burst: 200, perMinute: 120 },
  sources: 10_000,
};

export interface FailureLog {
  /**
   * Writes a line about something that failed before anybody was authenticated, or counts it where it is too many.
   * `source` is the client's address, as a trusted proxy names it. A line with `err` is one of level error.
   */
  note(source: string, line: Readonly<Record<string, unknown>>, message: string): void;
  /** Writes how many lines were left out since the last one that was written, if any were. */
  flush(): void;
}

/**
 * The log of what fails before authentication. One serves every way in: the room-card API, the agents' way, the set-up
 * page. Anybody can fail, as often as they like, so neither the disk nor the memory that this takes may grow with the number
 * of attempts.
 *
 * `now` is monotonic, in milliseconds.
 */
export function createFailureLog(
  log: ServerLog,
  now: () => number,
  limits: FailureLogLimits = FAILURE_LOG_LIMITS,
): FailureLog {
  let overall: Bucket | undefined;
  /** Ordered by the time of the last attempt: a source that is heard of goes to the end. */
  const sources = new Map<string, Bucket>();
  let dropped = 0;

  /** The bucket after a line; null where it has none left. */
  const take = (bucket: Bucket | undefined, { burst, perMinute }: LineLimits): Bucket | null => {
    const { units, at } = refill(bucket, { burst, perMs: perMinute / 60_000 }, now());
    return units < 1 ? null : { units: units - 1, at };
  };
  const takeOfSource = (source: string): boolean => {
    const known = sources.get(source);
    const left = take(known, limits.perSource);
    sources.delete(source);
    sources.set(source, left ?? known ?? { units: 0, at: now() });
    if (sources.size > limits.sources) sources.delete(sources.keys().next().value as string);
    return left !== null;
  };
  const takeOfAll = (): boolean => {
    const left = take(overall, limits.overall);
    overall = left ?? overall;
    return left !== null;
  };

  const flush = () => {
    if (dropped > 0) log.warn({ dropped }, 'failures before authentication that were not logged');
    dropped = 0;
  };

  return {
    note(source, line, message) {
      // The source's own bucket first: one that is loud by itself leaves the common one to the others.
      if (!takeOfSource(sourceKey(source)) || !takeOfAll()) {
        dropped += 1;
        return;
      }
      flush();
      if ('err' in line) log.error({ ...line, source }, message);
      else log.warn({ ...line, source }, message);
    },
    flush,
  };
}
