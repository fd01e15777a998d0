import { agentCommand } from './agent.ts';
import type { Commands } from './program.ts';
import { simCommand } from './sim.ts';

/** What a front-desk computer needs: the agent, and what moves the cards of a simulated encoder. */
export const AGENT_COMMANDS: Commands = {
  agent: async (terminal) => agentCommand(terminal),
  sim: async (terminal) => simCommand(terminal),
};
