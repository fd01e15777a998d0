import type { AgentId, Mac, SandboxAnswer, SandboxCommand } from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';
import type { FirstPrompt } from '../transactions/accept/accept-request.ts';
import type { OwnerChange } from '../transactions/journal/change-owner.ts';
import type { EndedSignIn } from '../transactions/property/sign-in.ts';

/** How operations reach agents: passed in by the wiring, since the side that talks to agents depends on this one. */
export interface AgentPort {
  /**
   * Asks the agent of this operation's encoder to carry out what comes first there. Prompts bind nobody: they may be lost
   * or repeated. `prompt` is what the acceptance told of an operation that comes first.
   *
   * - `away`: no agent with that encoder is connected to any node, but the one that had it may be back any moment.
   * - `offline`: nobody is expected with it, or its agent is connected and says that it doesn't have it.
   */
  wake(operation: Operation, prompt?: FirstPrompt | null): Promise<'asked' | 'away' | 'offline'>;
  /**
   * Refuses the operation as offline, unless its agent comes back with its encoder first and is asked then. That is told
   * within `withinMs` at the latest, and as soon as it is known.
   */
  refuseUnlessBack(operation: Operation, withinMs: number): void;
}

/** How front desks hear of what changed for the people there: passed in by the wiring, as `AgentPort` is. */
export interface DeskPort {
  /** Tells the desk whose sign-in ended by a change of its member. It may be away: what it asks next is judged anew. */
  tellSignedOut(ended: EndedSignIn | null): void;
  /** Tells an agent what people called its encoders and chose for them. It may be away: it hears when it connects. */
  tellCalled(agentId: AgentId): void;
  /** Whether an agent is connected now. */
  isOnline(agentId: AgentId): boolean;
  /** Cuts an agent off at once that was revoked, and asks those that have its encoders now. */
  cutOff(agentId: AgentId, encoders: readonly OwnerChange[]): void;
}

/**
 * What came of a question to a simulated encoder, beside its answer. `away`: no agent with that encoder is connected. `late`:
 * it didn't answer in time. `left`: it left before it did. `busy`: too many others ask it. `disputed`: two agents name that encoder.
 */
export type SandboxReply = SandboxAnswer | { readonly verdict: 'away' | 'late' | 'left' | 'busy' | 'disputed' };

/** How simulated encoders are driven: passed in by the wiring, as `AgentPort` is. */
export interface SandboxPort {
  askSandbox(propertyId: string, encoder: Mac, command: SandboxCommand): Promise<SandboxReply>;
}
