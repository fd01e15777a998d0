import { type Mac, type Serial, TELLS_LIFTING } from '@keyrack/protocol';
import type { Encoder } from '../encoder/index.ts';
import type { ServerConnection } from '../link/index.ts';
import { watchLifting } from './watch-lifting.ts';

/** Tells the server that the card written last at an encoder was lifted: once on each connection. */
export interface LiftedTeller {
  /** A card came or went at the encoder. */
  changed(connection: ServerConnection | null): void;
  /** A card was opened there. */
  opened(serial: Serial, connection: ServerConnection | null): void;
  /** Looks at the encoder again: its field may have become empty. */
  look(connection: ServerConnection | null): void;
  /** A write to this card begins: nothing that was told before is about it. */
  written(serial: Serial): void;
  /** Says so where it hasn't been told on this connection. */
  say(connection: ServerConnection | null): void;
  /** Whether to tell it on this connection. Counts as told. */
  take(connection: ServerConnection): boolean;
}

export function createLiftedTeller(encoder: Pick<Encoder, 'mac' | 'card' | 'isFieldEmpty'>): LiftedTeller {
  const mac: Mac = encoder.mac;
  const lifting = watchLifting(encoder);
  /** The connection on which it was told last. */
  let toldOn: ServerConnection | null = null;

  const take = (connection: ServerConnection): boolean => {
    lifting.look();
    if (!lifting.isLifted() || toldOn === connection) return false;
    toldOn = connection;
    return true;
  };
  const say = (connection: ServerConnection | null): void => {
    if (connection === null || connection.protocol() < TELLS_LIFTING || !take(connection)) return;
    connection.send({ type: 'lifted', encoder: mac });
  };
  return {
    changed(connection) {
      if (lifting.changed()) say(connection);
    },
    opened(serial, connection) {
      if (lifting.opened(serial)) say(connection);
    },
    look(connection) {
      if (lifting.look()) say(connection);
    },
    written(serial) {
      lifting.written(serial);
      toldOn = null;
    },
    say,
    take,
  };
}
