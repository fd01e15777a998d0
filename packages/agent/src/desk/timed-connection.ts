import type { Clock } from '../clock.ts';
import { type CardConnection, CardError, type Encoder } from '../encoder/index.ts';
import { DESK_LIMITS } from './desk-limits.ts';

/** Called when a command is given up. The promise settles when the driver lets go of it at last. */
export type OnHung = (released: Promise<void>) => void;

/**
 * Opens the card like `encoder.connect`, with a limit on the time of every exchange: one that takes longer fails with
 * `reader-hung` and ends the connection. The command may still be under way then, so nothing else may be begun at this
 * encoder before `released`.
 */
export async function connectTimed(encoder: Encoder, clock: Clock, onHung: OnHung): Promise<CardConnection> {
  const connecting = encoder.connect();
  const connection = await inTime(connecting, clock, () => {
    // A connection that comes after all is let go.
    onHung(settled(connecting.then((late) => late.close())));
  });
  return timed(connection, clock, onHung);
}

function timed(connection: CardConnection, clock: Clock, onHung: OnHung): CardConnection {
  let hung = false;

  async function limited<T>(command: () => Promise<T>): Promise<T> {
    if (hung) throw new CardError('card-gone', 'the connection is over');
    const running = command();
    return inTime(running, clock, () => {
      hung = true;
      onHung(settled(running).then(() => connection.close()));
    });
  }

  const base = {
    isAlive: () => !hung && connection.isAlive(),
    reselect: () => limited(() => connection.reselect()),
    // Closing waits for no hung command: `released` does.
    close: async () => {
      if (!hung) await connection.close();
    },
  };
  if (connection.chip === 'classic-1k') {
    return {
      ...base,
      serial: connection.serial,
      chip: connection.chip,
      authenticate: (block, type, key) => limited(() => connection.authenticate(block, type, key)),
      readBlock: (block) => limited(() => connection.readBlock(block)),
      writeBlock: (block, bytes) => limited(() => connection.writeBlock(block, bytes)),
    };
  }
  return {
    ...base,
    serial: connection.serial,
    chip: connection.chip,
    passwordAuthenticate: (password) => limited(() => connection.passwordAuthenticate(password)),
    readPages: (first) => limited(() => connection.readPages(first)),
    writePage: (page, bytes) => limited(() => connection.writePage(page, bytes)),
  };
}

function inTime<T>(running: Promise<T>, clock: Clock, onLate: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => {
      onLate();
      reject(new CardError('reader-hung'));
    }, DESK_LIMITS.cardCommandMs);
    running.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}

async function settled(running: Promise<unknown>): Promise<void> {
  await running.catch(() => undefined);
}
