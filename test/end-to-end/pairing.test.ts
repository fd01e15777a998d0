import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AgentIdentity,
  IDENTITY_FILE,
  identityByKey,
  keepIdentity,
  newAgentKey,
  pair,
  prepareIdentityFolder,
  readIdentity,
  startAgent,
  systemClock,
  type Transport,
  webSocketTransport,
} from '@keyrack/agent';
import type { AgentId, EncoderInfo } from '@keyrack/protocol';
import { agentAddress } from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newPairingCode, ownerOf } from '../world/owner.ts';
import { refusal, SUCCESS } from '../world/room-card-client.ts';
import { LOBBY_ENCODER, makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** Who may speak as an agent, and until when: through real connections. */

let template: Template;
let property: TestProperty;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

const NOT_VALID = 'This pairing code is not valid (any more)';

const agentUrl = () => `${property.url.replace('http', 'ws')}/agent`;
const propertyNumber = () => property.hotel.property.number;

const newCode = (replaces: AgentId | null = null) => newPairingCode(property, replaces);

function pairWith(code: string, key = newAgentKey()) {
  return pair(agentUrl(), { code, key, name: 'Desk 2' }, { transport: webSocketTransport, clock: systemClock });
}

/** An agent that was paired just now, and its folder. */
async function pairedAgent(): Promise<{ agent: AgentId; identity: AgentIdentity; folder: string }> {
  const folder = join(property.folders.server, '..', 'paired');
  await prepareIdentityFolder(folder);
  const key = newAgentKey();
  const { agent } = await pairWith(await newCode(), key);
  await keepIdentity(folder, agentUrl(), agent, key);
  // The demonstration's desk has told that it doesn't have them any more.
  await property.put(
    ...property
      .rows('encoders')
      .map((row) => ({ table: 'encoders' as const, row: { ...row, ownership: 'released' as const } })),
  );
  return { agent, identity: identityByKey(agent, key), folder };
}

const revoke = (agent: AgentId) =>
  ownerOf(property.folders.server).agents.revoke({ property: propertyNumber(), agent });
const operations = () => property.rows('operations');
const lastDigitsOf = (code: string, digits: string) => `${code.slice(0, 8 - digits.length)}${digits}`;

describe('a pairing code', () => {
  test('is good for one pairing, which the audit log tells of', async () => {
    property = await openProperty(template);
    const code = await newCode();
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(await pairWith(code)).toMatchObject({ property: property.hotel.property.name });
    await expect(pairWith(code)).rejects.toThrow(NOT_VALID);
    const actions = property.rows('audit').map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('agent-'))).toEqual(['agent-code-offered', 'agent-enrolled']);
  });

  test('bears four wrong tries, and not a fifth', async () => {
    property = await openProperty(template);
    const guess = async (code: string, times: number) => {
      for (let time = 0; time < times; time += 1) {
        await expect(pairWith(lastDigitsOf(code, `00${time}`))).rejects.toThrow(NOT_VALID);
      }
    };
    const lucky = await newCode();
    await guess(lucky, 4);
    await pairWith(lucky);
    const spent = await newCode();
    await guess(spent, 5);
    await expect(pairWith(spent)).rejects.toThrow(NOT_VALID);
  });

  test('lasts ten minutes', async () => {
    let passed = 0;
    const clock = {
      now: () => Date.now() + passed,
      monotonic: () => performance.now(),
      setTimeout: systemClock.setTimeout,
      clearTimeout: systemClock.clearTimeout,
    };
    property = await openProperty(template, { parts: { clock } });
    const [first, second] = [await newCode(), await newCode()];
    passed = 10 * 60_000 - 5_000;
    await pairWith(first);
    passed = 10 * 60_000;
    await expect(pairWith(second)).rejects.toThrow(NOT_VALID);
  });

  test('for an agent that is revoked before it is used, is of no use', async () => {
    property = await openProperty(template);
    const { agent } = await pairedAgent();
    const code = await newCode(agent);
    await revoke(agent);
    await expect(pairWith(code)).rejects.toThrow(NOT_VALID);
    await expect(newCode(agent)).rejects.toThrow(/That front desk was revoked, for good; .*another folder/);
  });
});

describe('a paired agent', () => {
  test('works', async () => {
    property = await openProperty(template);
    const { identity } = await pairedAgent();
    await property.openDesk({ identity: { identity } });
    expect((await property.cancel()).body).toBe(SUCCESS);
  });

  test('is not impersonated by whoever recorded its handshake', async () => {
    property = await openProperty(template);
    const { identity } = await pairedAgent();
    const recorded: string[] = [];
    const wiretap: Transport = {
      connect(url, listener) {
        const channel = webSocketTransport.connect(url, listener);
        return {
          ...channel,
          send: (text) => {
            recorded.push(text);
            channel.send(text);
          },
        };
      },
    };
    const desk = await property.openDesk({ identity: { identity }, parts: { transport: wiretap } });
    const said = await answersTo(recorded);
    expect(recorded.map((text) => JSON.parse(text).type).slice(0, 2)).toEqual(['hello', 'catch-up']);
    expect(said.map(({ type }) => type)).toEqual(['challenge', 'refused']);
    expect(said[1]).toMatchObject({ cause: 'not-proved' });
    expect(desk.agent.desk.state().connection.status, 'the agent itself is left alone').toBe('online');
    expect((await property.cancel()).body).toBe(SUCCESS);
  });
});

/** What the server answers to these texts on a new connection, until it ends that. */
async function answersTo(texts: readonly string[]): Promise<{ type: string; cause?: string }[]> {
  const said: { type: string; cause?: string }[] = [];
  const socket = new WebSocket(agentAddress(agentUrl()));
  socket.on('message', (data) => said.push(JSON.parse(String(data))));
  await new Promise<void>((resolve) => socket.once('open', () => resolve()));
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const text of texts) socket.send(text);
  await over;
  return said;
}

describe('a revoked agent', () => {
  test('is cut off at once, and its key is of no use to whoever stole the file', async () => {
    property = await openProperty(template);
    const { agent, identity, folder } = await pairedAgent();
    const desk = await property.openDesk({ identity: { identity } });
    const thief = join(folder, '..', 'stolen');
    await mkdir(thief, { mode: 0o700 });
    await copyFile(join(folder, IDENTITY_FILE), join(thief, IDENTITY_FILE));

    await revoke(agent);
    await until('the desk knows it', () => desk.agent.desk.state().connection.status === 'refused');
    expect(JSON.stringify(desk.agent.desk.state().attention)).toContain('was revoked for good');

    const stolen = await readIdentity(thief);
    if (stolen === null) throw new Error('nothing was stolen');
    const other = await startAgent({ ...stolen, folder: thief, encoders: [], parts: { encoders: [] } });
    const { connection } = await until('the server has judged it', () => {
      const state = other.desk.state();
      return state.connection.status === 'refused' && state;
    });
    expect(connection).toMatchObject({ status: 'refused', why: { cause: 'agent-revoked', retry: false } });
    await other.stop();
    expect(property.rows('agents').find(({ id }) => id === agent)).toMatchObject({ state: 'revoked', cursor: null });
    const sessions = property.lines.filter((line) => line.msg === 'welcome' && line.agent === agent);
    expect(sessions, 'only the rightful one ever got in').toHaveLength(1);
  });

  test('leaves what it was writing unknown, and what waited for it is withdrawn and told at once', async () => {
    const written = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    property = await openProperty(template);
    const { agent, identity } = await pairedAgent();
    await property.openDesk({
      identity: { identity },
      onWrite: () => {
        writing.resolve();
        return written.promise;
      },
    });
    const caller = new AbortController();
    const first = property.cancel({}, caller.signal);
    await writing.promise;
    const second = property.cancel({ serialNum: '42873467' });
    await until('both are under way', () => operations().length === 2);
    await revoke(agent);
    expect((await second).body).toBe(
      refusal(
        6200,
        'Cancelled card error',
        'The agent of this encoder was revoked; connect the encoder to another agent, or pair its computer as a new one under Front desks in the console, or with `keyrack agents pair`.',
      ),
    );
    expect(operations().map(({ state }) => state)).toEqual(['unknown', 'withdrawn']);
    expect(property.rows('encoders').filter(({ agentId }) => agentId === agent)).toEqual([]);
    written.resolve();
    caller.abort();
    await expect(first).rejects.toThrow();
    expect(operations()[0]).toMatchObject({ state: 'unknown', cause: 'journal-lost' });
  });
});

describe('an encoder that turns up at another agent', () => {
  test('moves there, audited, once the grant at its old one has ended', async () => {
    const written = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    property = await openProperty(template, { cardWaitSeconds: 2 });
    const { hotel } = property;
    const [first] = hotel.desk.encoders as readonly EncoderInfo[];
    if (first === undefined) throw new Error('the desk has no encoder');
    const desk = await property.openDesk({
      onWrite: () => {
        writing.resolve();
        return written.promise;
      },
    });
    const cancelled = property.cancel();
    await writing.promise;
    const lobby = await property.openDesk({
      identity: hotel.lobby,
      encoders: [{ mac: LOBBY_ENCODER, name: 'Lobby', forSignedIn: false }, first],
      folder: join(property.folders.agent, '..', 'lobby'),
    });
    const agentOf = (mac: string) => property.rows('encoders').find((each) => each.mac === mac)?.agentId;
    expect(agentOf(first.mac), 'a grant is open').toBe(hotel.desk.agent);
    expect(agentOf(LOBBY_ENCODER)).toBe(hotel.lobby.agent);

    const unplugged = desk.agent.desk.setEncoders([]);
    written.resolve();
    await unplugged;
    expect((await cancelled).body).toBe(SUCCESS);
    await until('it has moved', () => agentOf(first.mac) === hotel.lobby.agent);
    const moves = property.rows('audit').filter(({ action }) => action === 'encoder-moved');
    expect(moves.map(({ details }) => JSON.parse(details))).toEqual([
      { encoder: first.mac, from: hotel.desk.agent, to: hotel.lobby.agent },
    ]);
    const next = property.cancel({ serialNum: '42873467' });
    await until('the new agent is asked', () =>
      lobby.agent.desk.state().encoders.some(({ mac, prompt }) => mac === first.mac && prompt !== null),
    );
    await lobby.agent.stop();
    await next;
  });
});
