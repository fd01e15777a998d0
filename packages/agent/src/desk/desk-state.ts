import type { LinkStatus } from '../link/index.ts';
import type { CardToCheck, EncoderState, RecentOperation } from './encoder-state.ts';

/** Something for people: a code that a translation goes by, and the sentence in English. */
export interface Notice {
  readonly cause: string;
  readonly message: string;
}

/** An encoder, and whether it is the one for card types 2 and 3. */
export interface DeskEncoderState extends EncoderState {
  readonly forSignedIn: boolean;
  /** The names of other front desks that have an encoder with this MAC too; empty where none has. Nothing is done there. */
  readonly disputedWith: readonly string[];
}

/** What a person at the desk should see. A snapshot: it doesn't change. */
export interface DeskState {
  /** With `retryMs` from the moment of the snapshot. */
  readonly connection: LinkStatus;
  /** The name of the member who is signed in at this agent, as far as the server told. */
  readonly signedIn: string | null;
  /** Why the server ended the last sign-in; null while somebody is signed in, and after signing out. */
  readonly signInEnded: {
    readonly cause: string | null;
    readonly message: string;
    /** Unix milliseconds of this computer's clock. */
    readonly at: number;
  } | null;
  readonly encoders: readonly DeskEncoderState[];
  /** The last operations, the newest first, each once. After a restart, those that the journal tells of. */
  readonly recent: readonly RecentOperation[];
  /** The cards that somebody must read or cancel, the newest first. */
  readonly toCheck: readonly CardToCheck[];
  /** What a person must do something about besides. */
  readonly attention: readonly Notice[];
}
