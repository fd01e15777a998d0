import type { Clock } from '../../../clock.ts';
import type { CardHandle, PcscPort } from '../pcsc-port.ts';
import { blankExchange } from './blank-exchange.ts';
import type { TraceLine } from './trace-format.ts';

/** The same PC/SC, with everything written down that is asked of one reader's cards. */
export function recordingPort(
  port: PcscPort,
  reader: string,
  clock: Clock,
  write: (line: TraceLine) => void,
): PcscPort {
  /** Cards that were laid down so far. */
  let cards = 0;

  async function note<T>(
    call: () => Promise<T>,
    line: (ms: number, result: T | null, failed?: string) => TraceLine,
  ): Promise<T> {
    const began = clock.monotonic();
    const took = () => Math.round((clock.monotonic() - began) * 10) / 10;
    try {
      const result = await call();
      write(line(took(), result));
      return result;
    } catch (error) {
      write(line(took(), null, error instanceof Error && 'code' in error ? String(error.code) : String(error)));
      throw error;
    }
  }

  function recording(card: CardHandle): CardHandle {
    return {
      atr: () =>
        note(card.atr, (ms, atr, failed) => clean({ line: 'status', ms, atr: atr ? hex(atr) : undefined, failed })),
      transmit: (command) =>
        note(
          () => card.transmit(command),
          (ms, response, failed) => {
            const blanked = blankExchange(command, response ?? new Uint8Array(), cards);
            const answered = response === null ? undefined : hex(blanked.response);
            return clean({ line: 'exchange', command: hex(blanked.command), ms, response: answered, failed });
          },
        ),
      reset: () => note(card.reset, (ms, _result, failed) => clean({ line: 'reset', ms, failed })),
      disconnect: (reset) =>
        note(
          () => card.disconnect(reset),
          (ms, _result, failed) => clean({ line: 'disconnect', reset, ms, failed }),
        ),
    };
  }

  return {
    start: (listener) => {
      const service = port.start({
        ...listener,
        changed: (name, state) => {
          if (name === reader && state.present) {
            cards += 1;
            write({ line: 'card', atr: hex(state.atr) });
          }
          listener.changed(name, state);
        },
      });
      return {
        stop: service.stop,
        connect: async (name) => {
          if (name !== reader) return service.connect(name);
          const card = await note(
            () => service.connect(name),
            (ms, _card, failed) => clean({ line: 'connect', ms, failed }),
          );
          return recording(card);
        },
      };
    },
    close: port.close,
  };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Without what is undefined. */
function clean(line: TraceLine): TraceLine {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as TraceLine;
}
