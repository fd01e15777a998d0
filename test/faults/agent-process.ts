import { systemRandomness } from '@keyrack/agent';
import { type AgentOptions, startAgent } from '@keyrack/agent/start-agent.ts';
import { rotatedFile } from '@keyrack/cli/log/log-file.ts';
import { programLog } from '@keyrack/cli/log/program-log.ts';
import { answerParent } from './answer-parent.ts';
import { GIVEN_UP } from './part.ts';

// The real agent with simulated encoders as a process of its own. Options as JSON in the first argument; its log goes to
// the file that the second names, as that of `keyrack agent --log-file` does.

/** Waits between attempts to connect are drawn from the shortest of what they could be: kills come every second. */
const IMPATIENCE = 0.1;

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<AgentOptions, 'log' | 'parts'>;
const { log } = programLog(rotatedFile(process.argv[3] ?? 'agent.log'));
const agent = await startAgent({
  ...options,
  log,
  parts: { random: { ...systemRandomness, fraction: () => Math.random() * IMPATIENCE } },
});
answerParent(() => agent.stop());
// As a supervisor's program should: what can't go on ends, and is started anew.
await agent.desk.whenFailed();
await agent.stop();
process.exit(GIVEN_UP);
