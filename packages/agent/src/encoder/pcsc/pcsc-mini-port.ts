import type { Card, Reader } from 'pcsc-mini';
import type { CardHandle, PcscListener, PcscPort, PcscService } from './pcsc-port.ts';

/** PC/SC can't be used on this computer at all; the message says what to do. */
export class PcscMissing extends Error {
  override readonly name = 'PcscMissing';
}

/**
 * Clients whose service died, kept as long as the process lives: when one is collected, pcsc-mini throws where nobody can
 * catch it ("Error in async finalizer callback for *Client"), and the process ends.
 */
const dead = new Set<unknown>();

/**
 * PC/SC through pcsc-mini.
 * @throws PcscMissing the system's PC/SC library isn't installed, or pcsc-mini has no binary for this system
 */
export async function pcscMini(): Promise<PcscPort> {
  // Not imported at the top: the binary is linked to the system's library, and an agent without readers needs neither.
  const pcsc = await import('pcsc-mini').catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new PcscMissing(
      `PC/SC can't be used on this computer; on Debian and Ubuntu, install pcscd and libpcsclite1 (${why})`,
    );
  });
  const { CardDisposition, CardMode, Client, ReaderStatus } = pcsc;

  function handleOf(card: Card, released: () => void): CardHandle {
    return {
      // A change event tells of an ATR too, and not the right one.
      atr: async () => (await card.state()).atr,
      transmit: (command) => card.transmit(command),
      reset: async () => {
        await card.reconnect(CardMode.EXCLUSIVE, CardDisposition.RESET);
      },
      disconnect: (reset) => card.disconnect(reset ? CardDisposition.RESET : CardDisposition.LEAVE).finally(released),
    };
  }

  function start(listener: PcscListener): PcscService {
    const client = new Client();
    const readers = new Map<string, Reader>();

    /** Cards that are open, or being opened. */
    let inUse = 0;
    let ended = false;

    function end(): void {
      ended = true;
      client.removeAllListeners();
      for (const reader of readers.values()) reader.removeAllListeners();
      stopWhenUnused();
    }

    /** Not before every card is let go: a call that is under way then works on memory that is freed (SIGABRT). */
    function stopWhenUnused(): void {
      if (!ended || inUse > 0) return;
      try {
        client.stop();
      } catch {
        // The service is gone already: there is nothing left to stop.
        dead.add(client);
      }
    }

    function released(): void {
      inUse -= 1;
      stopWhenUnused();
    }

    client.on('reader', (reader) => {
      const name = reader.name();
      readers.set(name, reader);
      reader.on('change', (status) => {
        const present = status.has(ReaderStatus.PRESENT) && !status.has(ReaderStatus.MUTE);
        // pcsc-lite and Windows count comings and goings in the upper half of the status.
        listener.changed(name, { present, events: status.raw >>> 16 });
      });
      reader.on('disconnect', () => {
        readers.delete(name);
        listener.gone(name);
      });
    });
    // A client never recovers from this, nor does it tell that its readers are gone.
    client.on('error', ({ code }) => {
      dead.add(client);
      end();
      listener.failed(code);
    });
    client.start();

    return {
      connect: async (name) => {
        const reader = readers.get(name);
        if (reader === undefined)
          throw Object.assign(new Error(`there is no reader ${name}`), { code: 'UnknownReader' });
        inUse += 1;
        const card = await reader.connect(CardMode.EXCLUSIVE).catch((error: unknown) => {
          released();
          throw error;
        });
        return handleOf(card, released);
      },
      stop: end,
    };
  }

  return { start };
}
