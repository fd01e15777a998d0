import { AGENT_COMMANDS } from './agent-commands.ts';
import { runCommands } from './run-commands.ts';

// `keyrack` of the package for a front-desk computer, which has the agent alone.
await runCommands(AGENT_COMMANDS);
