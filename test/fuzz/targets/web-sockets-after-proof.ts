import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { BLANK, type JournalId, journalStart } from '@keyrack/protocol';
import type { Chance } from '../../faults/chance.ts';
import { frame, OPCODE, textFrame, UPGRADE } from '../connections/frames.ts';
import { holdConnections } from '../connections/held-connections.ts';
import type { OutsideOptions } from '../connections/listener-target.ts';
import { makeFrames } from '../connections/make-frames.ts';
import { draw } from '../connections/manner.ts';
import { AGENT_PATIENCE, times } from '../connections/patience.ts';
import { mutateText, mutateValue } from '../mutate.ts';
import type { Fed, Input, Target } from '../target.ts';
import type { Identity } from '../under-fuzz/world.ts';

const OPERATION = '01900000-0000-7000-8000-000000000001';
const NONCE = '02900000-0000-4000-8000-000000000001';
const SERIAL = '04A1B2C3D4E5F6';

/** What an agent says in its life. */
const MESSAGES: readonly unknown[] = [
  { type: 'ping' },
  { type: 'activity' },
  { type: 'catch-up', records: [], inProgress: [] },
  { type: 'encoders', encoders: [{ mac: '7C03FUZZ0001', name: 'x', forSignedIn: false }] },
  { type: 'open', nonce: NONCE, operation: OPERATION, encoder: '7C03FUZZ0001', serial: SERIAL, chip: 'ntag-213' },
  { type: 'open', nonce: NONCE, operation: null, encoder: '7C03FUZZ0001', serial: SERIAL, chip: 'classic-1k' },
  { type: 'present', nonce: NONCE, operation: OPERATION, serial: SERIAL, content: BLANK },
  { type: 'reading', nonce: NONCE, serial: SERIAL, content: 'unreadable' },
  { type: 'not-written', nonce: NONCE, operation: OPERATION, reason: 'not obeyed' },
  { type: 'decline', operation: OPERATION },
  { type: 'sign-in', request: 1, areaCode: '86', mobile: '13000000000', email: '', password: '0'.repeat(32) },
  { type: 'sign-out', request: 1 },
];
const TEXTS = MESSAGES.map((each) => JSON.stringify(each));

/** What becomes of the connection with an input. */
type End = 'stays' | 'reset' | 'half-closed' | 'stopped' | 'unread';
const ENDS: readonly (readonly [End, number])[] = [
  ['stays', 0.94],
  ['reset', 0.02],
  ['half-closed', 0.02],
  ['stopped', 0.01],
  ['unread', 0.01],
];

/** In which share of connections an agent says that it has another journal than before. */
const LOST_JOURNALS = 0.02;
/** A connection that isn't answered within this won't be. Milliseconds. */
const GREET_MS = 4_000;
/** How long the server gets to read a frame before the next. Milliseconds. */
const READ_MS = 1;
/** How long one stays that reads no answer. Milliseconds. */
const UNREAD_MS = 3_000;
const LANES = 4;

/** Frames of agents that have proved who they are, and say what they shouldn't. */
export function webSocketsAfterProof({ pool, programs, findings, patience }: OutsideOptions): Target {
  const { server, serverPort, world } = programs;
  const listener = {
    name: 'web sockets after proof',
    port: async () => {
      await server.whenReady();
      return serverPort;
    },
    limits: times(AGENT_PATIENCE, patience),
    mostHeld: 20,
  };
  const held = holdConnections(listener, findings);
  /** Connections that are free for the next input, each of an agent of its own. */
  const free: Socket[] = [];
  let agents = 0;

  const connected = async (loses: boolean): Promise<Socket | null> => {
    for (let socket = free.pop(); socket !== undefined; socket = free.pop()) if (isOpen(socket)) return socket;
    const identity = world.hostile[agents % world.hostile.length];
    agents += 1;
    if (identity === undefined) return null;
    return greet(await listener.port(), identity, loses ? (randomUUID() as JournalId) : identity.journal);
  };
  const make = (chance: Chance): string => {
    if (chance.one(0.3)) return chance.of(TEXTS);
    if (chance.one(0.5)) return JSON.stringify(mutateValue(chance, pool, chance.of(MESSAGES))) ?? '';
    return mutateText(chance, pool, chance.of(TEXTS), TEXTS);
  };
  return {
    name: 'web sockets after proof',
    lanes: LANES,
    where: 'outside',
    slowMs: 2_000,
    next(chance): Input {
      const end = draw(chance, ENDS);
      const bytes = end === 'unread' ? manyPings(chance) : makeFrames(chance, pool, make(chance));
      const at = chance.fraction();
      const loses = chance.one(LOST_JOURNALS);
      const input: Input = {
        shown: `${end}: ${Buffer.from(bytes.subarray(0, 4_000)).toString('latin1')}`,
        async feed(): Promise<Fed> {
          const socket = await connected(loses);
          programs.feeding('web sockets after proof', input);
          if (socket === null) return { ms: 0 };
          if (end === 'unread') socket.pause();
          socket.write(end === 'stopped' ? bytes.subarray(0, Math.ceil(at * bytes.length)) : bytes);
          if (end === 'half-closed') socket.end();
          if (end === 'unread') setTimeout(() => socket.resetAndDestroy(), UNREAD_MS).unref();
          if (end === 'stopped' || end === 'half-closed') held.hold(socket, input, { isWebSocket: true });
          await wait(READ_MS);
          if (end === 'reset') socket.resetAndDestroy();
          if (end === 'stays' && isOpen(socket)) free.push(socket);
          return { ms: 0 };
        },
      };
      return input;
    },
    async settle(mostMs) {
      for (const socket of free.splice(0)) socket.destroy();
      await held.settle(mostMs);
    },
    async close() {
      held.close();
      await held.settle(0);
    },
  };
}

function isOpen(socket: Socket): boolean {
  return !socket.destroyed && socket.writable && !socket.readableEnded;
}

function manyPings(chance: Chance): Buffer {
  const ping = frame(OPCODE.ping, Buffer.alloc(125, 'x'));
  return Buffer.concat(Array.from({ length: chance.whole(100, 5_000) }, () => ping));
}

/** Connects as that agent, as far as its welcome. Null where it isn't welcome any more, or its server just died. */
async function greet(port: number, { agent, token }: Identity, journal: JournalId): Promise<Socket | null> {
  const hello = {
    type: 'hello',
    protocol: 1,
    agent,
    proof: { by: 'token', token },
    instance: randomUUID(),
    software: 'fuzz',
    journal: { id: journal, head: journalStart(journal) },
    acknowledged: null,
    encoders: [],
  };
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  socket.on('error', () => {});
  const welcome = new Promise<boolean>((resolve) => {
    let text = '';
    let step = 0;
    socket.on('data', function hear(chunk: Buffer) {
      text += chunk.toString('latin1');
      if (step === 0 && text.includes('"challenge"')) {
        step = 1;
        socket.write(textFrame(hello));
      }
      if (step === 1 && text.includes('"cursor"')) {
        step = 2;
        socket.write(textFrame({ type: 'catch-up', records: [], inProgress: [] }));
      }
      if (!text.includes('"welcome"')) return;
      socket.off('data', hear);
      socket.resume();
      resolve(true);
    });
    socket.on('close', () => resolve(false));
    socket.on('end', () => resolve(false));
  });
  socket.write(UPGRADE);
  const isWelcome = await Promise.race([welcome, wait(GREET_MS, false, { ref: false })]);
  if (isWelcome) return socket;
  socket.destroy();
  return null;
}
