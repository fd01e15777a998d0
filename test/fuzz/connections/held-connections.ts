import type { Socket } from 'node:net';
import type { Findings } from '../findings.ts';
import type { Input } from '../target.ts';
import type { Listener, Patience } from './listener.ts';

/** Connections that are left open by the client, to see whether the listener closes them. */
export interface HeldConnections {
  /** Watches one from now on. Where there are too many already, the oldest is broken off. */
  hold(socket: Socket, input: Input, options?: HoldOptions): void;
  /** Waits until all are closed, for that long at most; breaks off what is left. */
  settle(mostMs: number): Promise<void>;
  close(): void;
}

/** A byte to a connection that is closed is answered with a reset, within this on one machine. Milliseconds. */
const RESET_MS = 1_000;
const PROBES = 3;
const LOOK_MS = 250;

export interface HoldOptions {
  /** Called when it is over. */
  readonly release?: () => void;
  /** It is one already; otherwise that is told by what comes first. */
  readonly isWebSocket?: boolean;
}

interface Held {
  readonly socket: Socket;
  readonly input: Input;
  readonly since: number;
  readonly release: () => void;
  answeredAt: number | null;
  isWebSocket: boolean;
  endedAt: number | null;
  probedAt: number | null;
  probes: number;
}

/**
 * A listener that ends a connection must close it too: one that is only ended stays open for as long as the client likes.
 * From outside that is told by a byte that is sent after the end: a closed connection answers with a reset.
 */
export function holdConnections({ name, limits, mostHeld }: Listener, findings: Findings): HeldConnections {
  /** The oldest first. */
  const all = new Set<Held>();
  const forget = (held: Held) => {
    if (!all.delete(held)) return;
    held.socket.destroy();
    held.release();
  };
  const look = () => {
    const now = performance.now();
    for (const held of all) {
      const { socket, input, since, endedAt, probedAt } = held;
      if (endedAt === null) {
        if (!isOverdue(held, limits, now)) continue;
        findings.note('kept', name, input, `not ended after ${Math.round((now - since) / 1_000)} s`);
        forget(held);
      } else if (probedAt === null) {
        if (now - endedAt < limits.closeMs) continue;
        held.probedAt = now;
        socket.write('x');
      } else if (now - probedAt > RESET_MS && held.probes >= PROBES) {
        findings.note('kept', name, input, `ended, and not closed ${Math.round((now - endedAt) / 1_000)} s later`);
        forget(held);
      } else {
        // The answer to the byte before is noticed by the next one, since nobody reads after an end.
        held.probes += 1;
        socket.write('x');
      }
    }
  };
  const timer = setInterval(look, LOOK_MS).unref();

  return {
    hold(socket, input, { release = () => {}, isWebSocket = false } = {}) {
      const held: Held = {
        socket,
        input,
        since: performance.now(),
        release,
        answeredAt: null,
        isWebSocket,
        endedAt: socket.readableEnded ? performance.now() : null,
        probedAt: null,
        probes: 0,
      };
      all.add(held);
      socket.on('data', (chunk: Buffer) => {
        if (held.answeredAt === null) held.isWebSocket ||= chunk.subarray(0, 12).toString('latin1') === 'HTTP/1.1 101';
        held.answeredAt = performance.now();
      });
      socket.on('end', () => {
        held.endedAt = performance.now();
      });
      socket.on('error', () => {});
      socket.on('close', () => forget(held));
      socket.resume();
      if (socket.destroyed) forget(held);
      const [oldest] = all;
      if (all.size > mostHeld && oldest !== undefined) forget(oldest);
    },
    async settle(mostMs) {
      const deadline = performance.now() + mostMs;
      while (all.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
      for (const held of [...all]) forget(held);
    },
    close: () => clearInterval(timer),
  };
}

function isOverdue(
  { since, answeredAt, isWebSocket }: Held,
  { unfinishedMs, idleMs, lifeMs }: Patience,
  now: number,
): boolean {
  if (isWebSocket && lifeMs !== null && now - since > lifeMs) return true;
  return answeredAt === null ? now - since > unfinishedMs : now - answeredAt > idleMs;
}
