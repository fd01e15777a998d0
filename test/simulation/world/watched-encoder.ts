import { sleep } from '@keyrack/agent/clock.ts';
import type { CardErrorCode } from '@keyrack/agent/encoder/card-error.ts';
import type { CardConnection, Encoder } from '@keyrack/agent/encoder/encoder.ts';
import type { SimulatedEncoder } from '@keyrack/agent/encoder/simulated/simulated-encoder.ts';
import type { Mac } from '@keyrack/protocol';
import type { Process } from '../clockwork/computer.ts';
import type { Scheduler } from '../clockwork/scheduler.ts';

export type Command = 'reselect' | 'authenticate' | 'read' | 'write';

export interface EncoderEyes {
  /** A command is about to be sent to the card. */
  command(process: Process, mac: Mac, connection: object, command: Command): void;
  /** A command was carried out and confirmed. */
  confirmed(process: Process, mac: Mac, connection: object, command: Command): void;
}

/** What is wrong with an encoder now, besides what the simulated one can be told. */
export interface EncoderTrouble {
  /** The next command takes so many milliseconds longer. */
  delayNextMs: number;
  /** The next write is confirmed and changes nothing. */
  swallowWrite: boolean;
  /** The `in`-th command from now fails with that code. */
  fails: { in: number; readonly code: CardErrorCode } | null;
}

/** An encoder with eyes: everything that is sent to a card is seen first. Its news wait while the process is paused. */
export function watchEncoder(
  encoder: SimulatedEncoder,
  process: Process,
  scheduler: Scheduler,
  trouble: EncoderTrouble,
  eyes: EncoderEyes,
): Encoder {
  const { mac } = encoder;
  return {
    mac,
    name: encoder.name,
    isFieldEmpty: () => encoder.isFieldEmpty(),
    card: () => encoder.card(),
    unusable: () => encoder.unusable(),
    onUnusable: (listener) => encoder.onUnusable(() => scheduler.at(scheduler.now(), process, listener)),
    onChange: (listener) =>
      encoder.onChange((card) => {
        scheduler.at(scheduler.now(), process, () => listener(card));
      }),
    connect: async () => watchConnection(await encoder.connect()),
    close: () => encoder.close(),
  };

  function watchConnection(connection: CardConnection): CardConnection {
    async function exchange<T>(command: Command, act: () => Promise<T>): Promise<T> {
      eyes.command(process, mac, connection, command);
      if (trouble.delayNextMs > 0) {
        const ms = trouble.delayNextMs;
        trouble.delayNextMs = 0;
        await sleep(process.clock, ms);
      }
      if (trouble.fails !== null) {
        trouble.fails.in -= 1;
        if (trouble.fails.in <= 0) {
          encoder.fail(trouble.fails.code);
          trouble.fails = null;
        }
      }
      const value = await act();
      eyes.confirmed(process, mac, connection, command);
      return value;
    }
    const write = (act: () => Promise<void>) =>
      exchange('write', async () => {
        if (!trouble.swallowWrite) return act();
        trouble.swallowWrite = false;
      });
    const base = {
      isAlive: () => connection.isAlive(),
      reselect: () => exchange('reselect', () => connection.reselect()),
      close: () => connection.close(),
    };
    if (connection.chip === 'classic-1k') {
      return {
        ...base,
        serial: connection.serial,
        chip: connection.chip,
        authenticate: (block, type, key) => exchange('authenticate', () => connection.authenticate(block, type, key)),
        readBlock: (block) => exchange('read', () => connection.readBlock(block)),
        writeBlock: (block, bytes) => write(() => connection.writeBlock(block, bytes)),
      };
    }
    return {
      ...base,
      serial: connection.serial,
      chip: connection.chip,
      passwordAuthenticate: (password) => exchange('authenticate', () => connection.passwordAuthenticate(password)),
      readPages: (first) => exchange('read', () => connection.readPages(first)),
      writePage: (page, bytes) => write(() => connection.writePage(page, bytes)),
    };
  }
}
