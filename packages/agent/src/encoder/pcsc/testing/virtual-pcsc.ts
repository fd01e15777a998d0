import type { Clock } from '../../../clock.ts';
import { sleep } from '../../../clock.ts';
import type { SimulatedCard } from '../../simulated/card-memory.ts';
import type { CardHandle, PcscListener, PcscPort, PcscService } from '../pcsc-port.ts';
import { type ContactlessReader, contactlessReader } from './contactless-reader.ts';
import type { ReaderModel } from './reader-models.ts';

/**
 * A PC/SC service without a system, for what depends on models of readers and on time rather than on pcscd. Readers are
 * as their makers describe them, and take their time by a clock.
 */
export interface VirtualPcsc {
  readonly port: PcscPort;
  plugIn(model: ReaderModel, name?: string): PluggedReader;
}

export interface PluggedReader {
  readonly reader: ContactlessReader;
  readonly name: string;
  /** Puts cards down, the last one on top; what lay there is taken away. */
  place(...cards: SimulatedCard[]): void;
  remove(): void;
  /** A card of no kind that we know. */
  placeForeign(atr: Uint8Array): void;
  /** Calls since it was plugged in, by kind; APDUs in hex. */
  calls(): readonly string[];
  /** Lets each call take that long instead of what the model says. Milliseconds. */
  slow(ms: number): void;
  /** Another program holds what lies there, or will. */
  hold(): { letGo(): void };
  /** Answers the next command that begins so, in hex, in the card's or the reader's place. */
  answerOnce(begins: string, answer: Uint8Array): void;
}

const EMPTY_ATR = new Uint8Array();

export function virtualPcsc(clock: Clock): VirtualPcsc {
  const plugged = new Map<string, Plugged>();
  let listener: PcscListener | null = null;

  interface Plugged extends PluggedReader {
    tell(): void;
    connect(): Promise<CardHandle>;
  }

  function plugIn(model: ReaderModel, name = model.readerName): PluggedReader {
    const reader = contactlessReader(model);
    const calls: string[] = [];
    /** Another object for another presence; null while nothing lies there. */
    let presence: { readonly foreign: Uint8Array | null } | null = null;
    let events = 0;
    let held = false;
    let slowness: number | null = null;
    let scripted: { readonly begins: string; readonly answer: Uint8Array } | null = null;

    const atr = () => (presence === null ? EMPTY_ATR : (presence.foreign ?? reader.atr()));
    const tell = () => listener?.changed(name, { present: presence !== null, events, atr: atr() });

    function put(next: typeof presence, cards: readonly SimulatedCard[]): void {
      if (presence !== null) {
        presence = null;
        reader.lay();
        events += 1;
        tell();
      }
      if (next === null) return;
      reader.lay(...cards);
      presence = next;
      events += 1;
      tell();
    }

    async function take(what: string, ms: number): Promise<void> {
      calls.push(what);
      await sleep(clock, slowness ?? ms);
    }

    async function connect(): Promise<CardHandle> {
      const { timing } = model;
      await take('connect', timing.connect);
      if (presence === null) throw fail('NoSmartCard');
      if (held) throw fail('SharingViolation');
      held = true;
      const mine = presence;
      const check = () => {
        if (presence !== mine) throw fail('RemovedCard');
      };
      return {
        atr: async () => {
          await take('status', 0);
          check();
          return atr();
        },
        transmit: async (command) => {
          const hex = Buffer.from(command).toString('hex');
          await take(hex, reader.duration(command));
          check();
          if (scripted !== null && hex.startsWith(scripted.begins)) {
            const { answer } = scripted;
            scripted = null;
            return answer;
          }
          const answer = mine.foreign === null ? reader.answer(command) : Uint8Array.of(0x6d, 0x00);
          if (answer !== null) return answer;
          put(null, []);
          throw fail('RemovedCard');
        },
        reset: async () => {
          await take('reset', timing.reset);
          check();
          reader.activate();
        },
        disconnect: async (reset) => {
          await take(reset ? 'disconnect, reset' : 'disconnect', reset ? timing.reset : 0);
          held = false;
          if (reset && presence === mine) reader.activate();
        },
      };
    }

    const self: Plugged = {
      reader,
      name,
      place: (...cards) => put({ foreign: null }, cards),
      remove: () => put(null, []),
      placeForeign: (foreign) => put({ foreign }, []),
      calls: () => calls,
      slow: (ms) => {
        slowness = ms;
      },
      answerOnce: (begins, answer) => {
        scripted = { begins, answer };
      },
      hold: () => {
        held = true;
        return {
          letGo: () => {
            held = false;
          },
        };
      },
      tell,
      connect,
    };
    plugged.set(name, self);
    tell();
    return self;
  }

  function start(next: PcscListener): PcscService {
    listener = next;
    queueMicrotask(() => {
      for (const each of plugged.values()) each.tell();
      next.ready();
    });
    return {
      connect: async (reader) => {
        const found = plugged.get(reader);
        if (found === undefined) throw fail('UnknownReader');
        return found.connect();
      },
      stop: () => {
        listener = null;
      },
    };
  }

  return { port: { start, close: async () => {} }, plugIn };
}

function fail(code: string): Error {
  return Object.assign(new Error(code), { code });
}
