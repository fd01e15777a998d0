import type { CardErrorCode } from '@keyrack/agent/encoder/card-error.ts';
import type { TearMode } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import type { Credential, Setting } from '../property/hotel.ts';
import type { Fate } from '../world/database.ts';

/** What a seed comes to: everything is drawn before anything happens, so that single events can be left out. */
export interface Plan {
  readonly seed: number;
  readonly setting: Setting & {
    /** Encoders of each agent. */
    readonly encoders: readonly number[];
  };
  readonly pace: Pace;
  /** Nothing goes wrong and every card lies where it should: then everything must succeed. */
  readonly calm: boolean;
  /** When the troubles end and the property has to recover. Virtual milliseconds. */
  readonly troubledMs: number;
  readonly deeds: readonly Deed[];
  readonly faults: readonly Fault[];
}

/** How slow things are when nothing is wrong. */
export interface Pace {
  /** Milliseconds of a message's way, most of the time and at worst. */
  readonly message: readonly [usual: number, worst: number];
  readonly commit: readonly [usual: number, worst: number];
  readonly disk: readonly [usual: number, worst: number];
  /** Of encoders: 1 as real ones. */
  readonly encoder: number;
}

/** What people do. `card`, `agent`, `member` are numbers in the property. */
export type Deed = { readonly at: number } & (
  | {
      readonly do: 'ask';
      readonly kind: 'cancel' | 'issue' | 'read';
      /** The card that is cancelled, or whose room gets a card. */
      readonly card: number;
      readonly member: number;
      readonly agent: number;
      readonly encoder: number;
      /** The room that the card opens now, where the caller knows that it isn't its first. */
      readonly room?: number;
      /** For an issue: when the card begins, in virtual milliseconds, taken to the minute; at once unless told. */
      readonly begins?: number;
      /** For an issue: whose card it is; as the holder's name tells unless told. */
      readonly mode?: 'by-holder' | 'new' | 'duplicate';
      /** After so many milliseconds the caller goes away. */
      readonly hangsUpAfter: number | null;
      /** After so many milliseconds the same request is sent again. */
      readonly repeatsAfter: number | null;
    }
  | {
      readonly do: 'ask over v1';
      readonly by: Credential;
      readonly kind: 'cancel' | 'issue' | 'read';
      readonly card: number;
      readonly room?: number;
      readonly agent: number;
      /** Null: where the member is signed in. */
      readonly encoder: number | null;
      /** For an issue: the guest, how many equal cards, whose they are, and when they begin, as above. */
      readonly guest?: string;
      readonly copies: number;
      readonly mode: 'new' | 'duplicate' | 'lost';
      readonly begins?: number;
      /** Its `Idempotency-Key`. */
      readonly key: string | null;
      /** How long it waits for the end. Milliseconds. */
      readonly waitMs: number | null;
      readonly hangsUpAfter: number | null;
      /** After each of these milliseconds the same request is sent again. */
      readonly repeatsAfter: readonly number[];
    }
  /** The newest operation or set of copies is withdrawn, over /v1. */
  | { readonly do: 'withdraw'; readonly by: Credential; readonly what: 'operation' | 'set' }
  | { readonly do: 'place'; readonly card: number; readonly agent: number; readonly encoder: number }
  | { readonly do: 'remove'; readonly agent: number; readonly encoder: number }
  | { readonly do: 'sign in'; readonly agent: number; readonly member: number }
  | { readonly do: 'sign out'; readonly agent: number }
  | { readonly do: 'decline'; readonly agent: number }
);

/** What goes wrong. */
export type Fault = { readonly at: number } & (
  | { readonly kind: 'cut'; readonly agent: number }
  | { readonly kind: 'half-open'; readonly agent: number; readonly direction: 'to server' | 'to agent' | 'both' }
  | { readonly kind: 'stall'; readonly agent: number; readonly ms: number }
  /** The agent connects anew and its computer is restarted, while the network still carries what it said first. */
  | { readonly kind: 'late hello'; readonly agent: number; readonly ms: number; readonly restartAfter: number }
  | { readonly kind: 'unreachable'; readonly agent: number; readonly ms: number; readonly silently: boolean }
  | { readonly kind: 'server crash'; readonly downMs: number; readonly power: boolean }
  | { readonly kind: 'server pause'; readonly ms: number; readonly timersFirst: boolean }
  | { readonly kind: 'server clock'; readonly ms: number }
  | { readonly kind: 'agent crash'; readonly agent: number; readonly downMs: number; readonly power: boolean }
  | { readonly kind: 'agent pause'; readonly agent: number; readonly ms: number; readonly timersFirst: boolean }
  | { readonly kind: 'agent clock'; readonly agent: number; readonly ms: number }
  | { readonly kind: 'journal lost'; readonly agent: number }
  | { readonly kind: 'folder restored'; readonly agent: number; readonly ofMsBefore: number }
  | { readonly kind: 'folder copied'; readonly agent: number; readonly forMs: number }
  | { readonly kind: 'disk full'; readonly agent: number; readonly ms: number }
  | { readonly kind: 'lying disk'; readonly agent: number; readonly ms: number }
  | { readonly kind: 'slow disk'; readonly agent: number; readonly delayMs: number }
  | { readonly kind: 'commit'; readonly fate: Exclude<Fate, 'done'>; readonly skip: number }
  | { readonly kind: 'slow commit'; readonly delayMs: number; readonly skip: number }
  | { readonly kind: 'database restored'; readonly ofMsBefore: number; readonly told: boolean }
  | { readonly kind: 'card torn'; readonly card: number; readonly writes: number; readonly mode: TearMode }
  | { readonly kind: 'card snatched'; readonly card: number }
  | {
      readonly kind: 'encoder fails';
      readonly agent: number;
      readonly encoder: number;
      readonly code: CardErrorCode;
      readonly in: number;
    }
  | { readonly kind: 'encoder hangs'; readonly agent: number; readonly encoder: number; readonly ms: number }
  /** An encoder is carried to another front desk, and back after a while. */
  | {
      readonly kind: 'encoder moved';
      readonly agent: number;
      readonly encoder: number;
      readonly to: number;
      readonly ms: number;
    }
  /**
   * A reader that answers to the MAC of another desk's is plugged in for a while, as makers with dummy serial numbers have
   * it; a card is laid on it, and somebody at the first desk declines what is asked there.
   */
  | {
      readonly kind: 'encoder twice';
      readonly agent: number;
      readonly encoder: number;
      readonly to: number;
      readonly ms: number;
      readonly card: number;
      readonly placedAfter: number;
      readonly declinedAfter: number | null;
    }
  | { readonly kind: 'write swallowed'; readonly agent: number; readonly encoder: number }
  | { readonly kind: 'permission off'; readonly member: number; readonly ms: number }
  | { readonly kind: 'account suspended'; readonly ms: number }
  /** The API key loses the scope that it asks for cards by, for a while. */
  | { readonly kind: 'scope off'; readonly ms: number }
);
export type FaultKind = Fault['kind'];
