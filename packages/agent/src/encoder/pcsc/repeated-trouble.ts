import type { Clock } from '../../clock.ts';
import type { AgentLog } from '../../log.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';

/** Counts failures in a row: says how long to wait before the next try, and when to log the failure again. */
export interface RepeatedTrouble {
  /** It went wrong. Returns how long to wait before the next try, in milliseconds. */
  failed(): number;
  /** Says what went wrong, unless that was said within the last minute. */
  say(fields: object, message: string): void;
  /**
   * It went right, which is believed once it has lasted: a service may accept and die at once. True when that should be
   * said, which is once for everything that was said of the trouble.
   */
  right(): boolean;
}

/** How long to wait: first, and doubling up to the most; first again after it went right for so long. Milliseconds. */
export interface Patience {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly steadyMs: number;
}

export function repeatedTrouble(clock: Clock, log: AgentLog, { firstMs, mostMs, steadyMs }: Patience): RepeatedTrouble {
  let failures = 0;
  /** What was said, and when. */
  const said = new Map<string, number>();
  let times = 0;
  let saidRight = false;
  /** Since when it goes right; null while it doesn't. */
  let since: number | null = null;

  return {
    failed: () => {
      if (since !== null && clock.monotonic() - since >= steadyMs) {
        failures = 0;
        said.clear();
      }
      since = null;
      failures += 1;
      return Math.min(firstMs * 2 ** (failures - 1), mostMs);
    },
    say: (fields, message) => {
      const now = clock.monotonic();
      const last = said.get(message);
      times += 1;
      if (last !== undefined && now - last < PCSC_LIMITS.logAgainMs) return;
      log.warn(times > 1 ? { ...fields, times } : fields, message);
      said.set(message, now);
      times = 0;
      saidRight = false;
    },
    right: () => {
      since ??= clock.monotonic();
      const first = !saidRight;
      saidRight = true;
      return first;
    },
  };
}
