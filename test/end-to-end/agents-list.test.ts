import { hostname } from 'node:os';
import { join } from 'node:path';
import { identityByKey, newAgentKey, pair, systemClock, webSocketTransport } from '@keyrack/agent';
import type { Answer } from '@keyrack/sdk';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newPairingCode, ownerOf } from '../world/owner.ts';
import { LOBBY_ENCODER, makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** What `keyrack agents list` tells of each desk. */

let template: Template;
let property: TestProperty;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

async function listed(id: string): Promise<Answer<'getAgent'>> {
  const { number } = property.hotel.property;
  for await (const agent of ownerOf(property.folders.server).agents.list({ property: number }))
    if (agent.id === id) return agent;
  throw new Error(`the list has no agent ${id}`);
}

test('whether it is connected or when it was last seen, its version, its encoders and its computer', async () => {
  property = await openProperty(template);
  const { lobby } = property.hotel;
  expect(await listed(lobby.agent)).toMatchObject({ connected: false, lastSeenAt: null, version: null, encoders: [] });

  const encoders = [{ mac: LOBBY_ENCODER, name: 'Lobby', forSignedIn: false }];
  const folder = join(property.folders.agent, '..', 'lobby');
  const desk = await property.openDesk({ identity: lobby, encoders, folder });
  const there = await listed(lobby.agent);
  expect(there).toMatchObject({
    state: 'active',
    connected: true,
    version: 'keyrack-agent 0.1.0',
    encoders: [{ mac: LOBBY_ENCODER, name: 'Lobby' }],
  });

  const before = Date.now();
  await desk.stop();
  const away = await until('it is known to be away', async () => {
    const now = await listed(lobby.agent);
    return !now.connected && now;
  });
  expect(away).toMatchObject({ version: 'keyrack-agent 0.1.0', encoders: [{ mac: LOBBY_ENCODER }] });
  const seen = await until('its end is recorded', async () => {
    const { lastSeenAt } = await listed(lobby.agent);
    return lastSeenAt !== null && Date.parse(lastSeenAt) >= before && lastSeenAt;
  });

  // A server that starts anew knows it still.
  await property.server.stop();
  const config = readConfig(
    { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_MASTER_KEY: template.masterKey },
    property.folders.server,
  );
  const again = await startServer(config, recordingLog().log);
  expect(await listed(lobby.agent)).toMatchObject({
    connected: false,
    lastSeenAt: seen,
    version: 'keyrack-agent 0.1.0',
  });
  await again.stop();
});

test('the name of the computer is the one that it was paired with', async () => {
  property = await openProperty(template);
  const code = await newPairingCode(property);
  const key = newAgentKey();
  const url = `${property.url.replace('http', 'ws')}/agent`;
  const offer = { code, key, name: hostname().slice(0, 64) };
  const { agent } = await pair(url, offer, { transport: webSocketTransport, clock: systemClock });
  expect((await listed(agent)).computer).toBe(hostname().slice(0, 64));
  expect(identityByKey(agent, key).agent).toBe(agent);
});
