import { systemRandomness } from '@keyrack/agent';
import { type AgentOptions, startAgent } from '@keyrack/agent/start-agent.ts';
import { answerParent } from './answer-parent.ts';
import { jsonLog } from './json-log.ts';

// The real agent with simulated encoders as a process of its own. Options as JSON in the first argument; log on stdout.

/** Waits between attempts to connect are drawn from the shortest of what they could be: kills come every second. */
const IMPATIENCE = 0.1;

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<AgentOptions, 'log' | 'parts'>;
const agent = await startAgent({
  ...options,
  log: jsonLog(),
  parts: { random: { ...systemRandomness, fraction: () => Math.random() * IMPATIENCE } },
});
answerParent(() => agent.stop());
// As a supervisor's program should: what can't go on ends, and is started anew.
await agent.desk.whenFailed();
await agent.stop();
process.exit(3);
