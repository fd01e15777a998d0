import { randomUUID } from 'node:crypto';
import {
  type AgentKey,
  createSimulatedEncoder,
  type DeskAgent,
  factoryCard,
  identityByKey,
  memoryCardBox,
  NO_TIME,
  openJournal,
  SILENT,
  startDeskAgent,
  systemClock,
  systemRandomness,
  webSocketTransport,
} from '@keyrack/agent';
import type { JournalId } from '@keyrack/protocol';
import type { BenchDesk } from '../properties/plan-properties.ts';
import { keepInMemory } from './keep-in-memory.ts';
import { standAtDesk } from './person.ts';

/** One front desk of a bench, with a person at it. `url`: of the agents' door. */
export async function startAgent(
  desk: BenchDesk,
  key: AgentKey,
  url: string,
  transport: typeof webSocketTransport = webSocketTransport,
): Promise<DeskAgent> {
  const box = memoryCardBox(
    desk.encoders.flatMap(({ cards }) => cards.map((serial) => factoryCard(serial, 'ntag-213'))),
  );
  const encoders = desk.encoders.map(({ mac }, e) =>
    createSimulatedEncoder({ mac, name: `Encoder ${e + 1}`, box, clock: systemClock, timing: NO_TIME }),
  );
  const journal = await openJournal({
    disk: keepInMemory(),
    clock: systemClock,
    newId: () => randomUUID() as JournalId,
  });
  const agent = startDeskAgent({
    url,
    identity: identityByKey(desk.agentId, key),
    software: 'keyrack-bench',
    journal,
    encoders: encoders.map((encoder) => ({ encoder, forSignedIn: false })),
    transport,
    clock: systemClock,
    random: systemRandomness,
    log: SILENT,
  });
  desk.encoders.forEach(({ cards }, e) => {
    standAtDesk(agent, e, encoders[e], cards);
  });
  return agent;
}
