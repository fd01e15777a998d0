import type { Operation } from '../domain/operation.ts';

/** How operations reach agents: passed in by the wiring, since the side that talks to agents depends on this one. */
export interface AgentPort {
  /**
   * Asks the agent of this operation's encoder to carry out what comes first there. `offline`: no agent with that encoder
   * is connected to any node right now. Prompts bind nobody: they may be lost or repeated.
   */
  wake(operation: Operation): Promise<'asked' | 'offline'>;
}
