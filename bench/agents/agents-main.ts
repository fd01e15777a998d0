import { type AgentKey, type DeskAgent, newAgentKey, webSocketTransport } from '@keyrack/agent';
import { answerBench } from '../parts/answer.ts';
import type { BenchDesk } from '../properties/plan-properties.ts';
import { connectFrom } from './connect-from.ts';
import { timeOwnWork } from './own-work.ts';
import { startAgent } from './start-agent.ts';

// The front desks of a bench: real agents over real WebSockets, with simulated encoders whose cards take no time, and
// journals in memory. A person at each does at once what people do with cards.

export interface Connect {
  readonly desks: readonly BenchDesk[];
  readonly url: string;
  /** Own addresses that connections begin at, in turn; none: as the system chooses. */
  readonly from: readonly string[];
  /** Whether to note how long each operation kept its agent itself. */
  readonly timed: boolean;
}

let keys: readonly AgentKey[] = [];
let agents: readonly DeskAgent[] = [];
const ownWork = timeOwnWork();

answerBench({
  /** Makes keys, and answers their public halves. */
  keys: (count: number) => {
    keys = Array.from({ length: count }, newAgentKey);
    return keys.map(({ publicKey }) => publicKey);
  },
  /** Starts the agents; resolves when all are welcome. */
  connect: async ({ desks, url, from, timed }: Connect) => {
    if (from.length > 0) connectFrom(from);
    agents = await Promise.all(
      desks.map((desk, d) =>
        startAgent(desk, keys[d] as AgentKey, url, timed ? ownWork.over(webSocketTransport) : webSocketTransport),
      ),
    );
    await online(agents.length);
    return null;
  },
  /** Resolves with the milliseconds after which each agent was welcome again; `count` of them are waited for. */
  online,
  /** How many are connected now. */
  connected: () => agents.filter(isOnline).length,
  /** How long each operation since the last question kept its agent itself: id and milliseconds. */
  'own-work': () => ownWork.take(),
  stop: async () => {
    await Promise.all(agents.map((agent) => agent.stop()));
    agents = [];
    return null;
  },
});

function isOnline(agent: DeskAgent): boolean {
  return agent.state().connection.status === 'online';
}

/** When each became welcome, from now on; those that are already count as 0. */
function online(count: number): Promise<number[]> {
  const began = performance.now();
  const times: number[] = [];
  const { promise, resolve } = Promise.withResolvers<number[]>();
  for (const agent of agents) {
    const note = () => {
      if (!isOnline(agent)) return;
      stop();
      times.push(performance.now() - began);
      if (times.length === count) resolve(times);
    };
    const stop = agent.onChange(note);
    note();
  }
  return promise;
}
