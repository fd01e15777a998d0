import type { Mac, OperationId, Serial, UnusableReason, WriteOutcome } from '@keyrack/protocol';
import type { PresentCard } from '../encoder/index.ts';
import type { PromptMessage } from './queued-prompts.ts';

/** What a person at the desk should see of one encoder. */
export interface EncoderState {
  readonly mac: Mac;
  readonly name: string;
  readonly card: PresentCard | null;
  /** Why nothing can be done with what lies there, or with the encoder. It is tried again where that may pass. */
  readonly unusable: UnusableReason | null;
  /** What is asked for now: the oldest prompt. */
  readonly prompt: {
    readonly operation: OperationId;
    readonly kind: PromptMessage['kind'];
    readonly serial: Serial | null;
    readonly room: string | null;
    /** How long the server still waits for a card, in milliseconds. */
    readonly remainingMs: number;
  } | null;
  /** `hung`: a command is overdue, and nothing is begun until it ends. `closed`: by its driver. */
  readonly condition: 'idle' | 'working' | 'writing' | 'hung' | 'closed';
}

/** How an operation ended or stands, as far as this agent was told. */
export type RecentOutcome = WriteOutcome | 'read' | 'refused' | 'not-written' | 'withdrawn' | 'declined';

export interface RecentOperation {
  readonly operation: OperationId;
  readonly kind: PromptMessage['kind'];
  /** Null where the journal alone tells of it. */
  readonly encoder: Mac | null;
  /** The card that was wanted; where any would do, the one that lay there. */
  readonly serial: Serial | null;
  readonly room: string | null;
  readonly outcome: RecentOutcome;
  /** The server's code for why, where it said one. */
  readonly cause: string | null;
  readonly message: string | null;
  /** Unix milliseconds of this computer's clock. */
  readonly at: number;
}

/** A card whose content nobody can vouch for: a person must do something about it. */
export interface CardToCheck {
  readonly operation: OperationId;
  readonly serial: Serial;
  /** `unknown`: reading it settles what it holds. `damaged`: it opens nothing, and cancelling it makes it blank. */
  readonly outcome: 'unknown' | 'damaged';
  /** Unix milliseconds of this computer's clock. */
  readonly at: number;
}
