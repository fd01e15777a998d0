import type { LinkStatus } from '../link/index.ts';
import type { CardToCheck, EncoderState, RecentOperation } from './encoder-state.ts';

/** What a person at the desk should see. A snapshot: it doesn't change. */
export interface DeskState {
  /** With `retryMs` from the moment of the snapshot. */
  readonly connection: LinkStatus;
  /** The name of the member who is signed in at this agent, as far as the server told. */
  readonly signedIn: string | null;
  /** Why the server ended the last sign-in; null while somebody is signed in, and after signing out. */
  readonly signInEnded: { readonly cause: string | null; readonly message: string } | null;
  readonly encoders: readonly EncoderState[];
  /** The last operations, the newest first, each once. After a restart, those that the journal tells of. */
  readonly recent: readonly RecentOperation[];
  /** The cards that somebody must read or cancel, the newest first. */
  readonly toCheck: readonly CardToCheck[];
  /** What a person must do something about besides, in words. */
  readonly attention: readonly string[];
}
