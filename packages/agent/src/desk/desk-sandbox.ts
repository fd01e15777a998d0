import type { Mac, OperationId, SandboxAnswer, SandboxCommand } from '@keyrack/protocol';
import type { PromptMessage } from './queued-prompts.ts';

/** What is asked for, and where. */
export type AskedAt = Pick<PromptMessage, 'encoder' | 'operation' | 'kind'>;

/** What drives the simulated encoders of a desk for the server. It hears of operations as they come. */
export interface DeskSandbox {
  carryOut(encoder: Mac, command: SandboxCommand): SandboxAnswer;
  /** The server asks for an operation, and its worker hasn't heard of it yet. */
  asked(prompt: AskedAt): void;
  /** Its grant has come, and is judged when this returns. */
  granting(operation: OperationId): void;
  /** Its grant was judged. */
  granted(operation: OperationId): void;
  /** What the desk tells has changed. */
  changed(): void;
}

/** What the sandbox may do at the desk beside the encoders. */
export interface SandboxHands {
  /** What is asked for at that encoder now. */
  asked(
    encoder: Mac,
  ): { readonly operation: OperationId; readonly kind: PromptMessage['kind']; readonly isWriting: boolean } | null;
  decline(operation: OperationId): void;
  /** Ends the connection, and makes no other for that long. Milliseconds. */
  disconnect(ms: number): void;
}
