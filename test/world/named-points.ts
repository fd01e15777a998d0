import type { Disk, Transport } from '@keyrack/agent';
import type { Queries } from '@keyrack/server/queries/index.ts';
import type { ServerStore } from '@keyrack/server/runtime/runner.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { OnWrite } from './simulated-hardware.ts';

/** Is told of each named point of an operation's way when it is passed, before anything else happens. */
export type Pass = (point: string) => void;

type QueryName = { [K in keyof Queries]: keyof Queries[K] & string }[keyof Queries];

/** A point of the server's. The names are checked, so that none outlives the transaction or query that it is of. */
export type ServerPoint =
  | `${'before' | 'after' | 'sent'} ${(keyof Transactions & string) | QueryName}`
  | `logging ${string}`;

/**
 * Of the server:
 *
 * - `before NAME`: the transaction of that name is about to be handed to the store.
 * - `after NAME`: it is on the disk, and nobody has heard of it yet.
 * - `sent NAME`: what its result led to has just been sent; after an acceptance, the prompt.
 */
export function storePoints(store: ServerStore, pass: Pass): ServerStore {
  return {
    ...store,
    run: async (name, input) => {
      pass(`before ${name}`);
      const result = await store.run(name, input);
      pass(`after ${name}`);
      setImmediate(() => pass(`sent ${name}`));
      return result;
    },
    read: async (name, input) => {
      pass(`before ${name}`);
      const result = await store.read(name, input);
      pass(`after ${name}`);
      setImmediate(() => pass(`sent ${name}`));
      return result;
    },
  };
}

/**
 * Of an agent's connections:
 *
 * - `received TYPE`: a message of that type came in and nothing knows of it yet.
 * - `sent TYPE`: one has just been handed to the socket.
 *
 * An `acknowledge` counts only as the answer to a report.
 */
export function transportPoints(transport: Transport, pass: Pass): Transport {
  const typeOf = (text: string) => String(JSON.parse(text).type);
  return {
    connect(url, listener) {
      let reported = false;
      const channel = transport.connect(url, {
        ...listener,
        received(text) {
          const type = typeOf(text);
          if (type !== 'acknowledge' || reported) pass(`received ${type}`);
          if (type === 'acknowledge') reported = false;
          listener.received(text);
        },
      });
      return {
        ...channel,
        send(text) {
          channel.send(text);
          const type = typeOf(text);
          if (type === 'report') reported = true;
          pass(`sent ${type}`);
        },
      };
    },
  };
}

/** Of a journal: `journal before|appended|synced write|result`: it is about to be journaled, in the file, durable. */
export function diskPoints(disk: Disk, pass: Pass): Disk {
  let appended: string | null = null;
  return {
    ...disk,
    async append(name, bytes) {
      appended = /"entry":\{"type":"(write|result)"/.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? null;
      pass(`journal before ${appended}`);
      await disk.append(name, bytes);
      pass(`journal appended ${appended}`);
    },
    async syncFile(name) {
      await disk.syncFile(name);
      if (appended !== null) pass(`journal synced ${appended}`);
      appended = null;
    },
  };
}

/** Of cards: `block before|after N`: the N-th block is about to be written, or was confirmed by the card. */
export function writePoints(pass: Pass): OnWrite {
  let block = 0;
  return (moment) => {
    if (moment === 'before') block += 1;
    pass(`block ${moment} ${block}`);
  };
}
