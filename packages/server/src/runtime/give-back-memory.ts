import { setFlagsFromString } from 'node:v8';
import type { Clock } from './clock.ts';

/** When memory is given back. Times in milliseconds. */
export interface GiveBackLimits {
  /** So many agents more or fewer than the last time leave enough behind them to be worth it. */
  readonly agents: number;
  /** At rest, fewer than this come or go from one look to the next. */
  readonly agentsAtRest: number;
  readonly lookMs: number;
  /** How long memory is saved. V8 looks every 8 s whether to collect, and collects twice. */
  readonly savingMs: number;
}

export const GIVE_BACK_LIMITS: GiveBackLimits = { agents: 500, agentsAtRest: 20, lookMs: 2_500, savingMs: 12_000 };

export interface GiveBackParts {
  readonly clock: Pick<Clock, 'monotonic' | 'setTimeout' | 'clearTimeout'>;
  /** How many are connected now. */
  readonly agents: () => number;
  readonly save?: (saving: boolean) => void;
  readonly limits?: GiveBackLimits;
}

/**
 * Gives memory back to the system once many agents have come or gone. Without it V8 keeps the pages of the burst, half as
 * much again as what is in use: it takes a server with ten thousand pings for one that is never at rest.
 */
export function giveBackMemory(parts: GiveBackParts): { stop(): void } {
  const { clock, agents, save = saveMemory, limits = GIVE_BACK_LIMITS } = parts;
  let settled = agents();
  let seen = settled;
  let savingSince: number | null = null;

  const look = () => {
    const now = agents();
    const isAtRest = Math.abs(now - seen) < limits.agentsAtRest;
    seen = now;
    if (savingSince !== null && clock.monotonic() - savingSince >= limits.savingMs) {
      savingSince = null;
      save(false);
    } else if (savingSince === null && isAtRest && Math.abs(now - settled) >= limits.agents) {
      settled = now;
      savingSince = clock.monotonic();
      save(true);
    }
    timer = clock.setTimeout(look, limits.lookMs);
  };
  let timer = clock.setTimeout(look, limits.lookMs);

  return {
    stop() {
      clock.clearTimeout(timer);
      if (savingSince !== null) save(false);
    },
  };
}

/**
 * While it saves, V8 collects in small steps, moves what is left together and lets go of the other pages: the longest
 * pause is that of one collection. Saving costs processor time, so it doesn't last. V8 reads the flag each time.
 */
export function saveMemory(saving: boolean): void {
  setFlagsFromString(saving ? '--memory-saver-mode' : '--no-memory-saver-mode');
}
