import type { OperationId, ServerMessage } from '@keyrack/protocol';
import { DESK_LIMITS } from './desk-limits.ts';

export type PromptMessage = Extract<ServerMessage, { type: 'prompt' }>;

/** A prompt in the queue of an encoder. A newer prompt for the same operation is another object. */
export interface QueuedPrompt extends Omit<PromptMessage, 'type' | 'encoder' | 'remainingMs'> {
  /** The server waits no longer than this. Milliseconds of the monotonic clock. */
  readonly until: number;
  /** The server said "not now": nothing is asked until the next prompt. */
  readonly paused: boolean;
}

/** The prompts of one encoder, in the order in which their operations were first asked for. */
export type QueuedPrompts = readonly QueuedPrompt[];

/** Adds a prompt. Where too many are queued, the oldest is dropped: its operation must have ended long ago. */
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

/** Pauses this very prompt. A newer one for the same operation asks again, so it isn't paused. */
export function pausePrompt(queued: QueuedPrompts, prompt: QueuedPrompt): QueuedPrompts {
  return queued.map((each) => (each === prompt ? { ...each, paused: true } : each));
}

/** The prompts whose time isn't over. */
export function runningPrompts(queued: QueuedPrompts, now: number): QueuedPrompts {
  return queued.filter((each) => each.until > now);
}
