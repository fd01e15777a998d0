import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import {
  type AgentKey,
  identityByKey,
  newAgentKey,
  SILENT,
  startLink,
  systemClock,
  systemRandomness,
  webSocketTransport,
} from '@keyrack/agent';
import { type AgentId, type InstanceId, type JournalId, journalStart, mac } from '@keyrack/protocol';
import type { AgentsToServer, Go } from './messages.ts';

// The front desks of the bench, each with the connection of a real agent, an empty journal and one encoder. Tells who
// they are, is told where the server is, and tells after how many milliseconds each was welcomed.

const count = Number(process.argv[2]);
const agents = Array.from({ length: count }, () => ({ id: randomUUID() as AgentId, key: newAgentKey() }));
const known: AgentsToServer = agents.map(({ id, key }) => ({ id, publicKey: key.publicKey }));
process.send?.(known);
const [{ url, mostMs }] = (await once(process, 'message')) as [Go];

const welcomed: number[] = [];
const all = Promise.withResolvers<void>();
const began = performance.now();
for (const [index, { id, key }] of agents.entries()) connect(index, id, key);
await Promise.race([all.promise, setTimeout(mostMs, undefined, { ref: false })]);
process.send?.(welcomed);

function connect(index: number, id: AgentId, key: AgentKey): void {
  const identity = identityByKey(id, key);
  const instance = randomUUID() as InstanceId;
  const journal = randomUUID() as JournalId;
  const encoder = mac.parse(index.toString(16).toUpperCase().padStart(12, '0'));
  startLink({
    url,
    transport: webSocketTransport,
    clock: systemClock,
    random: systemRandomness,
    log: SILENT,
    onStatus: () => {},
    side: {
      hello: (challenge, protocol) => ({
        type: 'hello',
        protocol,
        agent: id,
        proof: identity.prove(challenge),
        instance,
        software: 'bench',
        journal: { id: journal, head: journalStart(journal) },
        acknowledged: null,
        encoders: [{ mac: encoder, name: 'Desk', forSignedIn: true }],
      }),
      catchUp: () => ({ type: 'catch-up', records: [], inProgress: [] }),
      replaceJournal: () => Promise.reject(new Error('an empty journal is never replaced')),
      welcomed: () => {
        welcomed.push(performance.now() - began);
        if (welcomed.length === count) all.resolve();
      },
      received: () => {},
      ended: () => {},
    },
  });
}
