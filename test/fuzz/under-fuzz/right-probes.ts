import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { journalStart, type SignatureAEndpoint } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { WebSocket } from 'ws';
import { signedFor } from '../../world/room-card-client.ts';
import type { Identity, RightDesk } from './world.ts';

export interface ProbeOptions {
  readonly port: number;
  /** Where the requests come from: another address of this machine than what is made up. */
  readonly address: string;
  readonly desk: RightDesk;
}

export interface Probe {
  readonly kind: 'readCard' | 'getMacList' | 'healthz' | 'hello';
  /** Resolves with what is wrong with the answer; null where it is as it must be. */
  send(): Promise<string | null>;
}

/** No answer within this is none. Milliseconds. */
const GIVE_UP_MS = 20_000;

/** What a property's software, a supervisor and an agent rightly ask. */
export function createProbes({ port, address, desk }: ProbeOptions): Probe[] {
  const account = { accountSid: PUBLISHED.accountSid, communityNo: desk.propertyNumber };
  const read = {
    ...account,
    creatorAreaCode: desk.member.areaCode,
    creatorMobile: desk.member.mobile,
    creatorPassword: PUBLISHED.passwordMd5,
    issueMac: desk.encoders[0]?.mac ?? '',
    operateCardType: '4',
  };
  let greetings = 0;
  const nextGreeter = (): Identity => {
    const greeter = desk.greeters[greetings % desk.greeters.length];
    greetings += 1;
    if (greeter === undefined) throw new Error('nobody greets');
    return greeter;
  };
  const ask = (endpoint: SignatureAEndpoint, fields: Readonly<Record<string, string>>) => async () => {
    const body = signedFor(endpoint, fields, PUBLISHED.authToken);
    const answer = await send(port, address, 'POST', `/Home/Qrm/${endpoint}`, body);
    return answer.startsWith('200 {"status":200,') ? null : answer;
  };
  return [
    { kind: 'readCard', send: ask('readCard', read) },
    { kind: 'healthz', send: async () => healthy(await send(port, address, 'GET', '/healthz', '')) },
    { kind: 'getMacList', send: ask('getMacList', account) },
    { kind: 'hello', send: () => greet(port, address, nextGreeter()) },
  ];
}

function healthy(answer: string): string | null {
  return answer.startsWith('200 ') ? null : answer;
}

/** Status and body, or why there are none. On a connection of its own. */
function send(port: number, localAddress: string, method: string, path: string, body: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const options = { host: '127.0.0.1', port, localAddress, path, method, headers, agent: false };
    const sent = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', ({ message }) => resolve(message));
      response.on('close', () => resolve(`${response.statusCode} ${Buffer.concat(chunks).toString('utf8')}`));
    });
    sent.setTimeout(GIVE_UP_MS, () => sent.destroy(new Error(`no answer within ${GIVE_UP_MS} ms`)));
    sent.on('error', ({ message }) => resolve(message));
    sent.end(body);
  });
}

/** A paired agent without encoders connects, catches up, is welcomed and leaves. */
function greet(port: number, localAddress: string, greeter: Identity): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/agent`, { localAddress });
    const done = (failure: string | null) => {
      clearTimeout(timer);
      resolve(failure);
      socket.terminate();
    };
    const timer = setTimeout(() => done(`no welcome within ${GIVE_UP_MS} ms`), GIVE_UP_MS);
    socket.on('error', ({ message }) => done(message));
    socket.on('close', (code) => done(`closed with ${code}`));
    socket.on('message', (data) => {
      const text = data.toString();
      const { type } = JSON.parse(text) as { type: string };
      if (type === 'welcome') done(null);
      else if (type === 'refused') done(text);
      else if (type === 'challenge') socket.send(JSON.stringify(helloOf(greeter)));
      else if (type === 'cursor') socket.send('{"type":"catch-up","records":[],"inProgress":[]}');
    });
  });
}

function helloOf({ agent, token, journal }: Identity): object {
  return {
    type: 'hello',
    protocol: 1,
    agent,
    proof: { by: 'token', token },
    instance: randomUUID(),
    software: 'right',
    journal: { id: journal, head: journalStart(journal) },
    acknowledged: null,
    encoders: [],
  };
}
