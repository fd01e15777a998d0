import type { OperationId, ServerMessage } from '@keyrack/protocol';
import { DESK_LIMITS } from './desk-limits.ts';

export type PromptMessage = Extract<ServerMessage, { type: 'prompt' }>;

/** A prompt as it is held. A newer one for the same operation is another object. */
export interface HeldPrompt extends Omit<PromptMessage, 'type' | 'encoder' | 'remainingMs'> {
  /** The server waits no longer than this. Milliseconds of the monotonic clock. */
  readonly until: number;
  /** The server said "not now": nothing is asked until the next prompt. */
  readonly paused: boolean;
}

/** The prompts of one encoder, in the order in which their operations were first asked for. */
export type HeldPrompts = readonly HeldPrompt[];

/** Takes a prompt in. Should too many be held, the one that was asked for first goes: it was to be over long ago. */
export function holdPrompt(held: HeldPrompts, message: PromptMessage, now: number): HeldPrompts {
  const { operation, kind, serial, room, remainingMs } = message;
  const prompt = { operation, kind, serial, room, until: now + remainingMs, paused: false };
  const known = held.some((each) => each.operation === operation);
  const next = known ? held.map((each) => (each.operation === operation ? prompt : each)) : [...held, prompt];
  return next.slice(-DESK_LIMITS.prompts);
}

export function dropPrompt(held: HeldPrompts, operation: OperationId): HeldPrompts {
  return held.filter((each) => each.operation !== operation);
}

/** Pauses exactly this prompt: one that came meanwhile asks again and isn't paused. */
export function pausePrompt(held: HeldPrompts, prompt: HeldPrompt): HeldPrompts {
  return held.map((each) => (each === prompt ? { ...each, paused: true } : each));
}

/** Those that the server still waits for. */
export function runningPrompts(held: HeldPrompts, now: number): HeldPrompts {
  return held.filter((each) => each.until > now);
}
