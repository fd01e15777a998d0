import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  identityByToken,
  type ServerLink,
  SILENT,
  startAgent,
  startLink,
  systemClock,
  systemRandomness,
  webSocketTransport,
} from '@keyrack/agent';
import { AGENT_PROTOCOL, type AgentId, type InstanceId, type JournalId, journalStart, mac } from '@keyrack/protocol';
import { readConfig } from '@keyrack/server/config.ts';
import { newAgent } from '@keyrack/server/domain/places.ts';
import { startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { scratchFolder } from '../world/scratch.ts';
import { until } from '../world/until.ts';

/** Agents that all come through one address at once, as behind a NAT or a proxy, and must all be served. */

const TOKEN = 't'.repeat(43);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server whose agents are known to it, on this port, with these few places for connections that have proved nothing. */
async function serverFor(
  agents: readonly AgentId[],
  { folder, port, unproved }: { folder: string; port: number; unproved: object },
) {
  const config = readConfig({ PORT: String(port), KEYRACK_METRICS: 'none' }, folder);
  const server = await startServer(config, recordingLog().log, { unproved });
  const tokenHash = createHash('sha256').update(TOKEN).digest('hex');
  const property = { id: 'inn', number: '1', name: 'Inn', timeZone: 'UTC', cardKeys: [], checkOutTime: '12:00' };
  await server.run('putRows', {
    rows: [
      { table: 'properties', row: property },
      ...agents.map((id) => ({
        table: 'agents' as const,
        row: newAgent({ propertyId: 'inn', id, name: 'Desk', tokenHash }),
      })),
    ],
    onlyIfEmpty: true,
  });
  return server;
}

/** The connection of a real agent with an empty journal and one encoder. */
function linkOf(url: string, agent: AgentId, index: number, welcomed: () => void): ServerLink {
  const identity = identityByToken(agent, TOKEN);
  const journal = randomUUID() as JournalId;
  const encoder = mac.parse(index.toString(16).toUpperCase().padStart(12, '0'));
  return startLink({
    url,
    transport: webSocketTransport,
    clock: systemClock,
    random: systemRandomness,
    log: SILENT,
    onStatus: () => {},
    side: {
      hello: (challenge) => ({
        type: 'hello',
        protocol: AGENT_PROTOCOL,
        agent,
        proof: identity.prove(challenge),
        instance: randomUUID() as InstanceId,
        software: 'test',
        journal: { id: journal, head: journalStart(journal) },
        acknowledged: null,
        encoders: [{ mac: encoder, name: 'Desk', forSignedIn: true }],
      }),
      catchUp: () => ({ type: 'catch-up', records: [], inProgress: [] }),
      replaceJournal: () => Promise.reject(new Error('an empty journal is never replaced')),
      welcomed,
      received: () => {},
      ended: () => {},
    },
  });
}

describe('agents behind one address', () => {
  test('all come back after a restart, though few of them find a place at once', async () => {
    const folder = scratchFolder();
    ends.push(folder.remove);
    const agents = Array.from({ length: 300 }, () => randomUUID() as AgentId);
    const unproved = { perSource: 8, overall: 16, waitingPerSource: 30, waitingOverall: 30 };
    let server = await serverFor(agents, { folder: folder.path, port: 0, unproved });
    ends.push(() => server.stop());
    const url = `${server.url.replace('http', 'ws')}/agent`;
    const welcomes = agents.map(() => 0);
    const note = (i: number) => welcomes.splice(i, 1, (welcomes[i] ?? 0) + 1);
    const links = agents.map((agent, i) => linkOf(url, agent, i, () => note(i)));
    ends.push(() => links.forEach((link) => void link.stop()));
    await expect.poll(() => welcomes.filter((times) => times === 0).length).toBe(0);

    await server.stop();
    server = await serverFor(agents, { folder: folder.path, port: Number(new URL(server.url).port), unproved });
    await expect.poll(() => server.dispatcher.online()).toBe(agents.length);
    // The server counts an agent before that has read its welcome.
    await expect.poll(() => welcomes.every((times) => times >= 2)).toBe(true);
  });

  test('an agent for whom there is no room says so, and comes again by itself', async () => {
    const folder = scratchFolder();
    ends.push(folder.remove);
    const agent = randomUUID() as AgentId;
    const unproved = { perSource: 1, overall: 1, waitingPerSource: 0, waitingOverall: 0 };
    const server = await serverFor([agent], { folder: folder.path, port: 0, unproved });
    ends.push(() => server.stop());
    const address = `${server.url.replace('http', 'ws')}/agent`;
    const stranger = new WebSocket(address);
    stranger.on('error', () => {});
    await once(stranger, 'open');
    const running = await startAgent({
      server: address,
      folder: `${folder.path}/agent`,
      agent,
      token: TOKEN,
      encoders: [],
    });
    ends.push(running.stop);
    const why = await until('it is told that there is no room', () => {
      const { connection } = running.desk.state();
      return connection.status === 'waiting' && connection.why;
    });
    expect(why).toMatchObject({ cause: 'server-busy', todo: null, found: expect.stringContaining('tries again') });
    stranger.terminate();
    await until('it is connected', () => running.desk.state().connection.status === 'online');
  });
});
