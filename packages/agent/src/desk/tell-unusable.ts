import { type Mac, type OperationId, TELLS_UNUSABLE, type UnusableReason } from '@keyrack/protocol';
import type { ServerConnection } from '../link/index.ts';
import { type QueuedPrompts, runningPrompts } from './queued-prompts.ts';

/** Tells the server why the card at an encoder can't be used for the operation that is asked for: once for each change. */
export interface UnusableTeller {
  /** Tells the present reason to the first prompt's operation. A null reason means that nothing is in the way. */
  tell(connection: ServerConnection | null, prompts: QueuedPrompts, reason: UnusableReason | null, now: number): void;
}

export function createUnusableTeller(encoder: Mac): UnusableTeller {
  let sent: {
    readonly connection: ServerConnection;
    readonly operation: OperationId;
    readonly reason: UnusableReason | null;
  } | null = null;

  return {
    tell(connection, prompts, reason, now) {
      const [first] = runningPrompts(prompts, now);
      if (connection === null || first === undefined || connection.protocol() < TELLS_UNUSABLE) return;
      const { operation } = first;
      const before = sent?.operation === operation ? sent.reason : null;
      // A connection may have ended before the message arrived: tell it again on the next one.
      const isHeard = sent?.connection === connection || reason === null;
      if (before === reason && isHeard) return;
      if (connection.send({ type: 'unusable', operation, encoder, reason })) sent = { connection, operation, reason };
    },
  };
}
