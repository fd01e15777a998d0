import { AGENT_LIMITS } from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';

export interface Heartbeat {
  /** Something was sent. */
  sent(): void;
  /** Something was heard. */
  heard(): void;
  /** From now on pings are sent. Before, silence alone is watched. */
  beat(): void;
  stop(): void;
}

/**
 * Watches a connection from both ends: asks for a `ping` when nothing was sent for AGENT_LIMITS.heartbeatMs, and
 * tells of `silence`, once, when nothing was heard for AGENT_LIMITS.silenceMs.
 */
export function startHeartbeat(clock: Clock, on: { ping: () => void; silence: () => void }): Heartbeat {
  let lastSent = clock.monotonic();
  let lastHeard = lastSent;
  let beating = false;
  let timer: Timer | null = null;

  function schedule(): void {
    const next = Math.min(
      lastHeard + AGENT_LIMITS.silenceMs,
      beating ? lastSent + AGENT_LIMITS.heartbeatMs : Number.POSITIVE_INFINITY,
    );
    // A timer may fire a trifle early: at least 1 ms keeps it from firing in a tight row.
    timer = clock.setTimeout(check, Math.max(1, next - clock.monotonic()));
  }

  function stop(): void {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
  }

  function check(): void {
    timer = null;
    const now = clock.monotonic();
    if (now - lastHeard >= AGENT_LIMITS.silenceMs) {
      on.silence();
      return;
    }
    if (beating && now - lastSent >= AGENT_LIMITS.heartbeatMs) {
      lastSent = now;
      on.ping();
    }
    schedule();
  }

  schedule();
  return {
    sent: () => {
      lastSent = clock.monotonic();
    },
    heard: () => {
      lastHeard = clock.monotonic();
    },
    beat: () => {
      beating = true;
      stop();
      schedule();
    },
    stop,
  };
}
