import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Input } from '../target.ts';
import type { HeldConnections } from './held-connections.ts';
import type { Manner } from './manner.ts';

/** What came back. */
export interface Seen {
  /** As latin-1. */
  readonly text: string;
  /** How long the first of it took, in milliseconds; null where nothing had to come. */
  readonly ms: number | null;
  /** The client ended its side and stayed, and the other side didn't close. */
  readonly kept: boolean;
}

export interface Delivery {
  readonly port: number;
  /** Where it comes from: any address of this machine. */
  readonly address: string;
  readonly bytes: Uint8Array;
  readonly manner: Manner;
  /** Whether an answer must come though nothing more is sent: half a request is waited for in vain. */
  readonly isWhole: boolean;
  readonly input: Input;
  readonly held: HeldConnections;
}

const NOTHING: Seen = { text: '', ms: null, kept: false };

/** Nothing came for this long after something did: nothing will. Milliseconds. */
const QUIET_MS = 12;
/** The same where nothing must come. */
const SILENT_MS = 40;
/** An answer that must come and isn't there after this is given up. Milliseconds. */
const GIVE_UP_MS = 10_000;
const LOOK_MS = 6;
/** What is kept of what comes back. Bytes. */
const KEPT_BYTES = 256 * 1024;

/** Opens a connection, does to it what the manner says, and leaves nothing behind but what is held on purpose. */
export async function carryOut(delivery: Delivery): Promise<Seen> {
  const { bytes, manner, input, held } = delivery;
  const socket = await open(delivery);
  if (socket === null) return NOTHING;
  switch (manner.how) {
    case 'whole':
      socket.write(bytes);
      return listen(socket, delivery.isWhole);
    case 'pipelined':
      socket.write(repeated(bytes, manner.times));
      return listen(socket, delivery.isWhole);
    case 'in pieces':
      for (const piece of pieces(bytes, manner.cuts)) {
        if (!socket.writable) break;
        socket.write(piece);
        await wait(manner.pauseMs);
      }
      return listen(socket, delivery.isWhole);
    case 'half-closed':
      socket.end(bytes);
      return listen(socket, false);
    case 'reset':
      socket.write(upTo(bytes, manner.at));
      if (manner.afterMs > 0) await wait(manner.afterMs);
      socket.resetAndDestroy();
      return NOTHING;
    case 'unread': {
      socket.pause();
      socket.write(repeated(bytes, manner.times));
      const timer = setTimeout(() => socket.resetAndDestroy(), manner.forMs);
      socket.on('close', () => clearTimeout(timer));
      return NOTHING;
    }
    case 'stopped':
      socket.write(upTo(bytes, manner.at));
      held.hold(socket, input);
      return NOTHING;
    case 'dripping': {
      let at = Math.floor(manner.at * bytes.length);
      socket.write(bytes.subarray(0, at));
      const timer = setInterval(() => {
        if (at < bytes.length && socket.writable) socket.write(bytes.subarray(at, at + 1));
        at += 1;
      }, manner.everyMs);
      held.hold(socket, input, { release: () => clearInterval(timer) });
      return NOTHING;
    }
  }
}

/** Null where it isn't taken: a listener may refuse a connection, and its program may just be dying. */
function open({ port, address }: Delivery): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: address, allowHalfOpen: true, noDelay: true });
    socket.once('error', () => resolve(null));
    // Whatever comes later is seen by its `close`.
    socket.on('error', () => {});
    socket.once('connect', () => resolve(socket));
  });
}

/** Takes what comes. Ends its own side when nothing more will, and waits for the other's end. */
function listen(socket: Socket, mustAnswer: boolean): Promise<Seen> {
  const begun = performance.now();
  let latest = begun;
  let answered: number | null = null;
  let kept = false;
  let bytes = 0;
  const chunks: Buffer[] = [];
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const done = () => {
    clearInterval(timer);
    // Where an answer had to come and none did, the time until the connection was over counts.
    const ms = answered ?? (mustAnswer ? performance.now() - begun : null);
    resolve({ text: Buffer.concat(chunks).toString('latin1'), ms, kept });
  };
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - latest > GIVE_UP_MS) {
      kept = !socket.writable;
      socket.destroy();
    } else if (socket.writable) {
      const patience = answered !== null ? QUIET_MS : mustAnswer ? GIVE_UP_MS : SILENT_MS;
      if (now - latest > patience) socket.end();
    }
  }, LOOK_MS);
  socket.on('data', (chunk: Buffer) => {
    latest = performance.now();
    answered ??= latest - begun;
    bytes += chunk.length;
    if (bytes <= KEPT_BYTES) chunks.push(chunk);
  });
  socket.on('end', () => socket.end());
  socket.on('close', done);
  // It may be over already: the last piece was sent some time ago.
  if (socket.destroyed) done();
  else if (socket.readableEnded) socket.end();
  return promise;
}

function repeated(bytes: Uint8Array, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes));
}

function upTo(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.subarray(0, Math.ceil(bytes.length * share));
}

function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const edges = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length];
  return edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge));
}
