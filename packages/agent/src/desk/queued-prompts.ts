import type { OperationId, ServerMessage } from '@keyrack/protocol';
import { DESK_LIMITS } from './desk-limits.ts';

export type PromptMessage = Extract<ServerMessage, { type: 'prompt' }>;

/** A prompt as it is held. A newer one for the same operation is another object. */
export interface QueuedPrompt extends Omit<PromptMessage, 'type' | 'encoder' | 'remainingMs'> {
  /** The server waits no longer than this. Milliseconds of the monotonic clock. */
  readonly until: number;
  /** The server said "not now": nothing is asked until the next prompt. */
  readonly paused: boolean;
}

/** The prompts of one encoder, in the order in which their operations were first asked for. */
export type QueuedPrompts = readonly QueuedPrompt[];

/** Takes a prompt in. Should too many be held, the one that was asked for first goes: it was to be over long ago. */
export function queuePrompt(queued: QueuedPrompts, message: PromptMessage, now: number): QueuedPrompts {
  const { operation, kind, serial, room, remainingMs } = message;
  const prompt = { operation, kind, serial, room, until: now + remainingMs, paused: false };
  const known = queued.some((each) => each.operation === operation);
  const next = known ? queued.map((each) => (each.operation === operation ? prompt : each)) : [...queued, prompt];
  return next.slice(-DESK_LIMITS.prompts);
}

export function dropPrompt(queued: QueuedPrompts, operation: OperationId): QueuedPrompts {
  return queued.filter((each) => each.operation !== operation);
}

/** Pauses exactly this prompt: one that came meanwhile asks again and isn't paused. */
export function pausePrompt(queued: QueuedPrompts, prompt: QueuedPrompt): QueuedPrompts {
  return queued.map((each) => (each === prompt ? { ...each, paused: true } : each));
}

/** Those that the server still waits for. */
export function runningPrompts(queued: QueuedPrompts, now: number): QueuedPrompts {
  return queued.filter((each) => each.until > now);
}
