import { AGENT_COMMANDS } from './agent-commands.ts';
import { runCommands } from './run-commands.ts';
import { WINDOWS_COMMANDS } from './windows/windows-commands.ts';

// `keyrack` of the agent's packages. On Windows it installs itself; elsewhere the system's packages do.
await runCommands(process.platform === 'win32' ? { ...AGENT_COMMANDS, ...WINDOWS_COMMANDS } : AGENT_COMMANDS);
