import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import {
  AGENT_PROTOCOL,
  type AgentId,
  type AgentMessage,
  agentAddress,
  challengeText,
  type EncoderInfo,
  type JournalId,
  journalStart,
  type Mac,
  type Protocols,
  type ServerMessage,
  SPOKEN_PROTOCOLS,
} from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { v7 as uuidv7 } from 'uuid';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Agent, newAgent, newEncoder } from '../domain/places.ts';
import { INN, type RestWorld } from './rest-world.ts';

/** The row of a front desk of the inn; returns its id. */
export async function putAgent(world: RestWorld, facts: Partial<Agent> = {}): Promise<AgentId> {
  const id = uuidv7() as AgentId;
  await world.put({ table: 'agents', row: { ...newAgent({ propertyId: INN.id, id, name: 'Desk PC' }), ...facts } });
  return id;
}

/** The row of an encoder of the inn that no front desk has. */
export async function putLostEncoder(world: RestWorld, id: number): Promise<void> {
  const mac = id.toString(16).toUpperCase().padStart(12, '0') as Mac;
  const lost = newEncoder({ propertyId: INN.id, mac, id, name: 'Lost', agentId: null, forSignedIn: false });
  await world.put({ table: 'encoders', row: { ...lost, ownership: 'released' } });
}

/** Who a computer is, once it was paired. */
export interface PairedComputer {
  readonly id: AgentId;
  readonly key: KeyObject;
  readonly journal: JournalId;
}

/** One connection of an agent that does nothing by itself once it is welcome. */
export interface TestDesk {
  readonly heard: readonly ServerMessage[];
  say(message: AgentMessage): void;
  isClosed(): boolean;
  close(): void;
}

/** What an agent is that isn't this version's. */
export interface TestProgram {
  readonly software?: string;
  /** The oldest version of the protocol that it speaks. */
  readonly oldest?: number;
}

/** Pairs a computer over the wire. Rejects with the cause of a refusal. */
export async function pairComputer(world: RestWorld, code: string, name: string): Promise<PairedComputer> {
  const { publicKey, privateKey: key } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x as string;
  const paired = await converse(world, SPOKEN_PROTOCOLS, 'paired', ({ protocol }) => {
    return { type: 'pair', protocol, code, publicKey: x, name };
  });
  paired.close();
  const [answer] = paired.heard.filter((message) => message.type === 'paired');
  return { id: answer?.agent as AgentId, key, journal: randomUUID() as JournalId };
}

/** Connects a paired computer as an agent of this version; resolves when it is welcome. Rejects with the cause of a refusal. */
export function connectComputer(
  world: RestWorld,
  { id, key, journal }: PairedComputer,
  encoders: readonly EncoderInfo[] = [],
  version: number = AGENT_PROTOCOL,
  { oldest, software = `keyrack-agent ${VERSION}` }: TestProgram = {},
): Promise<TestDesk> {
  return converse(world, { newest: version, oldest: oldest ?? 1 }, 'welcome', ({ protocol, challenge }) => ({
    type: 'hello',
    protocol,
    agent: id,
    proof: { by: 'key', signature: sign(null, Buffer.from(challengeText(id, challenge)), key).toString('base64url') },
    instance: randomUUID() as never,
    software,
    journal: { id: journal, head: journalStart(journal) },
    acknowledged: null,
    encoders: [...encoders],
  }));
}

type Challenge = Extract<ServerMessage, { type: 'challenge' }>;

function converse(
  world: RestWorld,
  speaks: Protocols,
  end: ServerMessage['type'],
  begin: (challenge: Challenge) => AgentMessage,
): Promise<TestDesk> {
  const address = new URL(agentAddress(`${world.server.url.replace('http', 'ws')}/agent`, speaks));
  const socket = new WebSocket(address);
  onTestFinished(() => socket.terminate());
  const heard: ServerMessage[] = [];
  const say = (message: AgentMessage) => socket.send(JSON.stringify(message));
  const desk = { heard, say, isClosed: () => socket.readyState === WebSocket.CLOSED, close: () => socket.close() };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection ended')));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      heard.push(message);
      if (message.type === 'challenge') say(begin(message));
      if (message.type === 'cursor') say({ type: 'catch-up', records: [], inProgress: [] });
      if (message.type === 'refused') reject(new Error(message.cause));
      if (message.type === end) resolve(desk);
    });
  });
}
