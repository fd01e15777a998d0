import type { Timer } from '../clock.ts';
import type { Randomness } from '../randomness.ts';
import { backoffMs, LINK_LIMITS } from './link-limits.ts';
import { type Obstacle, obstacle } from './obstacle.ts';
import type { Refusal } from './other-protocol.ts';
import {
  type ConnectionEnd,
  type ConnectionParts,
  openConnection,
  type ServerConnection,
} from './server-connection.ts';

/** For people. */
export type LinkStatus =
  | { readonly status: 'connecting' }
  | { readonly status: 'online' }
  /** `retryMs`: until the next attempt, from the moment that the status was told. */
  | { readonly status: 'waiting'; readonly why: Obstacle; readonly retryMs: number }
  | { readonly status: 'refused'; readonly why: Refusal; readonly retryMs: number }
  | { readonly status: 'stopped' };

export interface ServerLink {
  /** Ends the connection, and makes no other before that long. Milliseconds. */
  stayAway(ms: number): void;
  /** Ends the connection and makes no other. */
  stop(): void;
}

export interface LinkParts extends Omit<ConnectionParts, 'onEnd'> {
  readonly random: Pick<Randomness, 'fraction'>;
  readonly onStatus: (status: LinkStatus) => void;
}

/** Keeps the agent connected: one connection at a time, for ever, until it is stopped. */
export function startLink(parts: LinkParts): ServerLink {
  const { clock, random, log, side, onStatus } = parts;
  let connection: ServerConnection | null = null;
  let timer: Timer | null = null;
  let attempt = 0;
  /** When the attempts began that haven't led to a steady connection yet. Monotonic milliseconds. */
  let outageSince = clock.monotonic();
  let stopped = false;
  /** No connection is made before this. Monotonic milliseconds. */
  let awayUntil = 0;

  function connect(): void {
    timer = null;
    let welcomedAt: number | null = null;
    onStatus({ status: 'connecting' });
    connection = openConnection({
      ...parts,
      side: {
        ...side,
        welcomed: (welcomed, welcome) => {
          welcomedAt = clock.monotonic();
          const server = welcomed.serverVersion() ?? undefined;
          log.info({ session: welcome.session, server, protocol: welcomed.protocol() }, 'connected');
          onStatus({ status: 'online' });
          side.welcomed(welcomed, welcome);
        },
      },
      onEnd: (end) => {
        connection = null;
        const now = clock.monotonic();
        if (welcomedAt !== null && now - welcomedAt >= LINK_LIMITS.steadyMs) {
          attempt = 0;
          outageSince = now;
        }
        if (!stopped) connectAgain(end);
      },
    });
  }

  function connectAgain(end: ConnectionEnd): void {
    const retryMs = Math.max(waitAfter(end), awayUntil - clock.monotonic());
    switch (end.type) {
      case 'lost':
        log.warn(
          { cause: end.why.cause, why: end.why.found, todo: end.why.todo ?? undefined, retryMs },
          'not connected',
        );
        onStatus({ status: 'waiting', why: end.why, retryMs });
        break;
      case 'refused':
        log.error({ cause: end.why.cause, why: end.why.message, retryMs }, 'the server refused this agent');
        onStatus({ status: 'refused', why: end.why, retryMs });
        break;
      case 'replaced':
        log.warn({ retryMs }, 'the journal was replaced; connecting again');
        onStatus({ status: 'waiting', why: obstacle('journal-replaced', 'the journal was replaced'), retryMs });
        break;
    }
    timer = clock.setTimeout(connect, retryMs);
  }

  function waitAfter(end: ConnectionEnd): number {
    if (end.type === 'refused' && !end.why.retry) return LINK_LIMITS.refusedMs;
    const ms = backoffMs(attempt, clock.monotonic() - outageSince, random.fraction());
    attempt += 1;
    return ms;
  }

  connect();
  return {
    stayAway: (ms) => {
      awayUntil = clock.monotonic() + ms;
      connection?.close(obstacle('sandbox', 'the sandbox keeps this agent away'));
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
      connection?.close(obstacle('agent-stops', 'the agent stops'));
      onStatus({ status: 'stopped' });
    },
  };
}
