import { type AgentMessage, OFFERS_UPDATES, type OfferedArchive } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import type { ServerConnection } from '../link/index.ts';
import { UpdateFailure } from '../update/update-failure.ts';
import { UPDATE_LIMITS } from '../update/update-limits.ts';

/** Asks the server which version of this program it offers, and tells it which one won't do. */
export interface Offers {
  /** @throws UpdateFailure where the server isn't connected, offers none, or doesn't answer in time */
  ask(system: string): Promise<OfferedArchive | null>;
  answer(message: { readonly request: number; readonly archive: OfferedArchive | null }): void;
  /** Tells that an update came to nothing, now or when the server is there again. */
  tellFailed(failed: Omit<FailedUpdate, 'type'>): void;
  welcomed(to: ServerConnection): void;
  lost(): void;
}

type FailedUpdate = Extract<AgentMessage, { type: 'update-failed' }>;

interface Question {
  readonly request: number;
  readonly answer: (archive: OfferedArchive | null) => void;
  readonly fail: (failure: UpdateFailure) => void;
}

export function createOffers(clock: Clock): Offers {
  let connection: ServerConnection | null = null;
  let requests = 0;
  let asked: Question | null = null;
  let untold: FailedUpdate | null = null;

  function tell(): void {
    // A server of an older version doesn't know the message, and is told when it is updated.
    if (untold === null || connection === null || connection.protocol() < OFFERS_UPDATES) return;
    if (connection.send(untold)) untold = null;
  }

  return {
    ask(system) {
      if (connection === null)
        return Promise.reject(new UpdateFailure('not-connected', 'The server is not connected. Try again when it is.'));
      if (connection.protocol() < OFFERS_UPDATES)
        return Promise.reject(
          new UpdateFailure('server-offers-none', 'This server offers no updates: it is of an older version.'),
        );
      requests += 1;
      const request = requests;
      const { promise, resolve, reject } = Promise.withResolvers<OfferedArchive | null>();
      const late = new UpdateFailure('not-connected', 'The server did not answer what it offers. Try again later.');
      const timer = clock.setTimeout(() => reject(late), UPDATE_LIMITS.answerMs);
      asked = { request, answer: resolve, fail: reject };
      connection.send({ type: 'ask-offer', request, system });
      return promise.finally(() => clock.clearTimeout(timer));
    },
    answer({ request, archive }) {
      if (asked?.request === request) asked.answer(archive);
    },
    tellFailed(failed) {
      untold = { type: 'update-failed', ...failed };
      tell();
    },
    welcomed(to) {
      connection = to;
      tell();
    },
    lost() {
      connection = null;
      asked?.fail(
        new UpdateFailure('not-connected', 'The connection to the server was lost. Try again when it is back.'),
      );
      asked = null;
    },
  };
}
