import { type Mac, type OperationId, TELLS_UNUSABLE, type UnusableReason } from '@keyrack/protocol';
import type { ServerConnection } from '../link/index.ts';
import { type QueuedPrompts, runningPrompts } from './queued-prompts.ts';

/** Tells the server why what is asked for can't be done with what lies at an encoder: once for each change. */
export interface UnusableTeller {
  /** What is so now, for the operation that comes first. Null reason: nothing is in the way. */
  tell(connection: ServerConnection | null, prompts: QueuedPrompts, reason: UnusableReason | null, now: number): void;
}

export function createUnusableTeller(encoder: Mac): UnusableTeller {
  let told: {
    readonly connection: ServerConnection;
    readonly operation: OperationId;
    readonly reason: UnusableReason | null;
  } | null = null;

  return {
    tell(connection, prompts, reason, now) {
      const [first] = runningPrompts(prompts, now);
      if (connection === null || first === undefined || connection.protocol() < TELLS_UNUSABLE) return;
      const { operation } = first;
      const before = told?.operation === operation ? told.reason : null;
      // A connection may have ended with it on the way.
      const isHeard = told?.connection === connection || reason === null;
      if (before === reason && isHeard) return;
      if (connection.send({ type: 'unusable', operation, encoder, reason })) told = { connection, operation, reason };
    },
  };
}
