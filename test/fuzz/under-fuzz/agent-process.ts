import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlFile } from '@keyrack/agent/control/messages.ts';
import { CONTROL_FILE } from '@keyrack/agent/encoder/simulated/control-messages.ts';
import { type AgentOptions, startAgent } from '@keyrack/agent/start-agent.ts';
import { answerParent } from '../../faults/answer-parent.ts';
import { jsonLog } from '../../faults/json-log.ts';
import { GIVEN_UP } from '../../faults/part.ts';

// The real agent with simulated encoders and its page, as a process of its own. Options as JSON in the first argument;
// log on stdout.

/** Where it listens: the page for the person at the desk, and the simulated encoders. */
export interface AgentFacts {
  readonly pagePort: number;
  readonly control: { readonly port: number; readonly token: string };
}

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<AgentOptions, 'log' | 'parts'>;
const agent = await startAgent({ ...options, log: jsonLog() });
if (!agent.page?.shown) throw new Error('the page is not there');
const control = controlFile.parse(JSON.parse(readFileSync(join(options.folder, CONTROL_FILE), 'utf8')));
const facts: AgentFacts = { pagePort: Number(new URL(agent.page.url).port), control };
answerParent(() => agent.stop(), facts);
await agent.desk.whenFailed();
await agent.stop();
process.exit(GIVEN_UP);
