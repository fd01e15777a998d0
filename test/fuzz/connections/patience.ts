import type { Patience } from './listener.ts';

// Listeners' own limits, the pause between two looks at their connections, and some seconds for a busy machine.

const CLOSE_MS = 6_000;

export const HTTP_PATIENCE: Patience = {
  // 15 s for a request, looked at every 2 s; before that up to 10 s in which the connection may wait its turn.
  unfinishedMs: 35_000,
  // 75 s of keep-alive.
  idleMs: 90_000,
  lifeMs: null,
  closeMs: CLOSE_MS,
};

/** The same, and a WebSocket that proves nothing: 10 s in which it may wait its turn, and the time for its first message. */
export const UNPROVED_PATIENCE: Patience = { ...HTTP_PATIENCE, lifeMs: 35_000 };

/** Of one that has proved who it is, and says nothing more: given up after 25 s without a word from the agent. */
export const AGENT_PATIENCE: Patience = { unfinishedMs: 40_000, idleMs: 40_000, lifeMs: 40_000, closeMs: CLOSE_MS };

/** Of the desk's page: Node looks at its connections every 30 s. */
export const LOCAL_PATIENCE: Patience = { unfinishedMs: 50_000, idleMs: 50_000, lifeMs: null, closeMs: CLOSE_MS };

/** Of the simulated encoders' control socket: 10 s without traffic. */
export const CONTROL_PATIENCE: Patience = { unfinishedMs: 20_000, idleMs: 20_000, lifeMs: null, closeMs: 15_000 };

/** The same on a machine that is busy with other things: so many times as long. */
export function times(patience: Patience, factor: number): Patience {
  const { unfinishedMs, idleMs, lifeMs, closeMs } = patience;
  return {
    unfinishedMs: unfinishedMs * factor,
    idleMs: idleMs * factor,
    lifeMs: lifeMs === null ? null : lifeMs * factor,
    closeMs: closeMs * factor,
  };
}
