import type { Mac } from '@keyrack/protocol';
import { type Operation, remainingMs } from '../domain/operation.ts';
import type { SessionParts } from './agent-session.ts';
import type { SessionConnection } from './session-connection.ts';
import type { SessionEncoders } from './session-encoders.ts';
import type { SessionQueue } from './session-queue.ts';

/** Asks the agent for the cards of operations: `queue` gives each its turn behind what came before. */
export function createSessionPrompts(
  { read, clock, log }: Pick<SessionParts, 'read' | 'clock' | 'log'>,
  connection: SessionConnection,
  encoders: () => Pick<SessionEncoders, 'wasLiftedElsewhere' | 'lifted'> | null,
  queue: Pick<SessionQueue, 'addOnce' | 'isIdle'>,
) {
  const { end, state } = connection;

  const send = (operation: Operation, room: string | null, now: number) => {
    const { id, encoder, kind, serial } = operation;
    log.step('prompted', { operation: id, encoder, ...connection.who() });
    const left = remainingMs(operation, now);
    connection.send({ type: 'prompt', operation: id, encoder, kind, serial, room, remainingMs: left });
  };
  /** Finds what comes first at this encoder, and asks for it. */
  const prompt = (encoder: Mac) =>
    queue.addOnce('prompt', encoder, async () => {
      const before = state();
      if (before.name !== 'welcomed') return;
      // The encoder may be this agent's by now.
      const known = encoders();
      if (known?.wasLiftedElsewhere(encoder)) await known.lifted(encoder, before.ref);
      if (state().name !== 'welcomed') return;
      const now = clock.now();
      const next = await read('nextPrompt', { ...before.ref, encoder, now });
      if (next.verdict === 'fenced') return end('replaced');
      if (next.operation !== null) send(next.operation, next.room, now);
    });

  return {
    prompt,
    /** Asks for this operation at once, unless something waits here that may change what comes first. */
    promptFirst(operation: Operation, room: string | null) {
      const { encoder } = operation;
      const isNext = state().name === 'welcomed' && queue.isIdle() && !encoders()?.wasLiftedElsewhere(encoder);
      if (isNext) send(operation, room, clock.now());
      else prompt(encoder);
    },
  };
}
