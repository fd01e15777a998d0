import { sourceKey } from './client-address.ts';
import type { ServerLog } from './log.ts';

/** How many lines may be written. A bucket holds `burst` lines and gains `perMinute`. */
export interface FailureLogLimits {
  readonly perSource: Bucket;
  readonly overall: Bucket;
  /** Source addresses that are remembered; the one that was quiet for longest is forgotten first. */
  readonly sources: number;
}

interface Bucket {
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
 * page and the operator's commands. Anybody can fail, as often as they like, so neither the disk nor the memory that
 * this takes may grow with the number of attempts.
 *
 * `now` is monotonic, in milliseconds.
 */
export function createFailureLog(
  log: ServerLog,
  now: () => number,
  limits: FailureLogLimits = FAILURE_LOG_LIMITS,
): FailureLog {
  const overall: Level = { lines: limits.overall.burst, at: now() };
  /** Ordered by the time of the last attempt: a source that is heard of goes to the end. */
  const sources = new Map<string, Level>();
  let dropped = 0;

  const levelOf = (source: string): Level => {
    const known = sources.get(source);
    sources.delete(source);
    const level = known ?? { lines: limits.perSource.burst, at: now() };
    sources.set(source, level);
    if (sources.size > limits.sources) sources.delete(sources.keys().next().value as string);
    return level;
  };

  const flush = () => {
    if (dropped > 0) log.warn({ dropped }, 'failures before authentication that were not logged');
    dropped = 0;
  };

  return {
    note(source, line, message) {
      // The source's own bucket first: one that is loud by itself leaves the common one to the others.
      if (!take(levelOf(sourceKey(source)), limits.perSource, now()) || !take(overall, limits.overall, now())) {
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

/** How full a bucket was at an instant. */
interface Level {
  lines: number;
  at: number;
}

function take(level: Level, { burst, perMinute }: Bucket, now: number): boolean {
  level.lines = Math.min(burst, level.lines + ((now - level.at) * perMinute) / 60_000);
  level.at = now;
  if (level.lines < 1) return false;
  level.lines -= 1;
  return true;
}
