import { agentCommand } from './agent.ts';
import type { Commands } from './program.ts';

/** What a front-desk computer needs. */
export const AGENT_COMMANDS: Commands = { agent: async (terminal) => agentCommand(terminal) };
