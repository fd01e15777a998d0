import type { LinkStatus } from '../link/index.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import type { EncoderState, RecentOperation } from './encoder-state.ts';

/** What a person at the desk should see. A snapshot: it doesn't change. */
export interface DeskState {
  readonly connection: LinkStatus;
  /** The name of the member who is signed in at this agent, as far as the server told. */
  readonly signedIn: string | null;
  readonly encoders: readonly EncoderState[];
  /** The last operations, the newest first, each once. */
  readonly recent: readonly RecentOperation[];
  /** What a person must do something about, in words. */
  readonly attention: readonly string[];
}

/** Puts an operation's newest state first and forgets the oldest. */
export function rememberRecent(recent: readonly RecentOperation[], newest: RecentOperation): RecentOperation[] {
  const others = recent.filter(({ operation }) => operation !== newest.operation);
  return [newest, ...others].slice(0, DESK_LIMITS.recent);
}
