import type { OperationId, Serial } from '@keyrack/protocol';
import type { PresentCard } from '../encoder/index.ts';
import { type QueuedPrompt, type QueuedPrompts, runningPrompts } from './queued-prompts.ts';

/** What an encoder's worker knows when it has nothing to do. */
export interface DeskView {
  readonly card: PresentCard | null;
  readonly prompts: QueuedPrompts;
  /** The operations for which the server refused the card that lies there; `settling` for its reading. */
  readonly refusedHere: ReadonlySet<OperationId | 'settling'>;
  /** Serials whose content the server needs to know. */
  readonly settle: ReadonlySet<Serial>;
  /** Monotonic milliseconds. */
  readonly now: number;
}

export type NextStep =
  | { readonly do: 'wait' }
  | { readonly do: 'carry-out'; readonly prompt: QueuedPrompt }
  | { readonly do: 'settle' };

/**
 * Decides what to do with the card that lies there. Prompts come before settling, the oldest first. The serial isn't
 * compared with the wanted one: the server must hear of a wrong card, so that it can tell the caller.
 */
export function nextStep({ card, prompts, refusedHere, settle, now }: DeskView): NextStep {
  if (card === null) return { do: 'wait' };
  const prompt = runningPrompts(prompts, now).find((each) => !each.paused && !refusedHere.has(each.operation));
  if (prompt !== undefined) return { do: 'carry-out', prompt };
  return settle.has(card.serial) && !refusedHere.has('settling') ? { do: 'settle' } : { do: 'wait' };
}
