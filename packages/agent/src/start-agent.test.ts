import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AGENT_PROTOCOL,
  type AgentId,
  type AgentMessage,
  agentMessage,
  BLANK,
  journalStart,
  type Mac,
  type OperationId,
  type Serial,
  type ServerMessage,
} from '@keyrack/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { diskCardBox, preparedCard } from './encoder/index.ts';
import { KEY, keyedContent } from './encoder/testing/one-card.ts';
import { type AgentOptions, startAgent } from './start-agent.ts';

const MAC = '7C778A6C7D9C' as Mac;
const SERIAL = '4567' as Serial;
const OPERATION = '01900000-0000-7000-8000-000000000001' as OperationId;

let folder: string;
let server: WebSocketServer;
let options: AgentOptions;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-agent-'));
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  options = {
    server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    folder,
    agent: '01900000-0000-7000-8000-00000000000a' as AgentId,
    token: 'A'.repeat(43),
    encoders: [{ mac: MAC, name: 'Desk', forSignedIn: true }],
  };
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
  await rm(folder, { recursive: true });
});

/** The server's end of the next connection. */
async function nextConnection() {
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  const said: AgentMessage[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    said.push(agentMessage.parse(JSON.parse(String(data))));
    wake();
  });
  const send = (message: ServerMessage) => socket.send(JSON.stringify(message));
  send({ type: 'challenge', protocol: AGENT_PROTOCOL, challenge: 'c'.repeat(43) });
  async function next<T extends AgentMessage['type']>(type: T): Promise<Extract<AgentMessage, { type: T }>> {
    for (;;) {
      const message = said.shift();
      if (message?.type === type) return message as Extract<AgentMessage, { type: T }>;
      if (message === undefined) await new Promise<void>((resolve) => (wake = () => resolve()));
    }
  }
  return { send, next };
}

test('an agent on a real folder, clock and network cancels a card that lies in its card box', async () => {
  const card = preparedCard(SERIAL, 'classic-1k', keyedContent(), KEY);
  card.lyingOn = MAC;
  diskCardBox(join(folder, 'cards')).keep(card);
  const connecting = nextConnection();
  const agent = await startAgent(options);
  const { send, next } = await connecting;
  const { journal } = await next('hello');
  send({ type: 'cursor', session: 1, position: journalStart(journal.id) });
  await next('catch-up');
  send({ type: 'acknowledge', position: journalStart(journal.id) });
  send({ type: 'welcome', session: 1, signedIn: null });
  send({
    type: 'prompt',
    operation: OPERATION,
    encoder: MAC,
    kind: 'cancel',
    serial: SERIAL,
    room: null,
    remainingMs: 9_000,
  });
  const { nonce } = await next('open');
  send({ type: 'keys', nonce, keys: [KEY] });
  const { content } = await next('present');
  expect(content).toBe(keyedContent());
  send({ type: 'grant', nonce, operation: OPERATION, serial: SERIAL, before: keyedContent(), target: BLANK });
  const { records } = await next('report');
  expect(records[1]?.entry).toMatchObject({ outcome: 'succeeded' });
  expect(agent.simulated?.show(SERIAL).card.content).toBe(BLANK);
  await agent.stop();

  const again = nextConnection();
  const next2 = await startAgent(options);
  const hello = await (await again).next('hello');
  expect(hello.journal).toMatchObject({ id: journal.id, head: { number: 2 } });
  await next2.stop();
});

test('two agents do not share a folder', async () => {
  const agent = await startAgent(options);
  await expect(startAgent(options)).rejects.toThrow('Another agent is running');
  await agent.stop();
  await (await startAgent(options)).stop();
});
