import { AGENT_COMMANDS } from './agent-commands.ts';
import { runCommands } from './run-commands.ts';

// `keyrack` of the package for a front-desk computer, which has the agent and its simulated encoder.
await runCommands(AGENT_COMMANDS);
