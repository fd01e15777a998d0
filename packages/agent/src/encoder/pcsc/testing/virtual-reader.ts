import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { SimulatedCard } from '../../simulated/card-memory.ts';
import { type ContactlessReader, contactlessReader } from './contactless-reader.ts';
import { FIRST_READER_PORT, pcscdAnswers } from './pcscd.ts';
import { BY_THE_BOOK, type ReaderModel } from './reader-models.ts';

/**
 * The hands at a virtual reader of vsmartcard's vpcd. pcscd listens, one port for each reader; the card is the client:
 * to connect is to put the card down, to close is to take it away. Messages are two bytes of length, high byte first,
 * and the payload. One byte of payload is a command: 0 power off, 1 power on, 2 reset, 4 "your ATR". More is an APDU.
 */
export interface VirtualReader {
  /**
   * Puts a card down. It stays there, whatever becomes of pcscd, until it is taken away. What lay there is taken away
   * first, so fast that pcscd doesn't see the reader empty.
   */
  place(card: SimulatedCard, model?: ReaderModel): void;
  /** Puts a card down whose ATR is another system's. */
  placeForeign(atr: Uint8Array): void;
  remove(): void;
  /** The card that lies there now. */
  card(): SimulatedCard | null;
  /** The APDUs since the card was put down, in hex; with `part`, those that have it within. */
  sent(part?: string): readonly string[];
  /** Whether a command waits for an answer that never comes. */
  hangs(): boolean;
  /** Lets something happen at the `at`-th APDU from now, 1 being the next. One thing at a time. */
  script(what: Script, at?: number): void;
  /** Lets nothing happen any more; whether something still would have. */
  unscript(): boolean;
  close(): void;
}

export type Script =
  /** The card is taken away before the command reaches it. */
  | 'gone-before'
  /** The card does what it was told, and is taken away before it answers. */
  | 'gone-after'
  /** The same two, and the card is laid down again at once. */
  | 'lifted-before'
  | 'lifted-after'
  /** Whatever this does; the command is carried out and answered. */
  | (() => void)
  /** The reader never answers. */
  | 'hang'
  /** The answer has no bytes. To vpcd that is no answer. */
  | 'empty-answer'
  /** One byte comes as the answer. */
  | 'short-answer'
  /** The exchange fails on the air, before it reaches the card. */
  | 'garbled'
  /** The answer is lost on the air. */
  | 'answer-lost';

/** Where a reader of pcscd is, and whether that one has looked at its readers. */
export interface ReaderPlace {
  readonly port: number;
  answers(): Promise<boolean>;
}

const PLACES = {
  first: { port: FIRST_READER_PORT, answers: () => pcscdAnswers() },
  second: { port: FIRST_READER_PORT + 1, answers: () => pcscdAnswers() },
} as const satisfies Record<string, ReaderPlace>;
/** While pcscd is away: how long until the card tries to be there again. */
const RECONNECT_MS = 10;
const ASK_ATR = 4;
const GARBLED = Uint8Array.of(0x63, 0x00);

interface Lying {
  readonly card: SimulatedCard | null;
  readonly reader: Pick<ContactlessReader, 'atr' | 'activate' | 'answer'>;
}

/** @param which a reader of the pcscd that the tests hold, or of another one */
export function virtualReader(which: keyof typeof PLACES | ReaderPlace): VirtualReader {
  const place = typeof which === 'string' ? PLACES[which] : which;
  let lying: Lying | null = null;
  let socket: Socket | null = null;
  /** Half of a response's length is out. */
  let begun = false;
  let sent: string[] = [];
  let hanging = false;
  let scripted: { readonly what: Script; readonly at: number } | null = null;

  function layDown(what: Lying): void {
    remove();
    const next = { ...what };
    lying = next;
    sent = [];
    hanging = false;
    void stayThere(next);
  }

  async function stayThere(placed: Lying): Promise<void> {
    while (lying === placed) {
      const isThere = await place.answers();
      if (lying !== placed) return;
      if (!isThere) {
        await setTimeout(RECONNECT_MS);
        continue;
      }
      socket = connect({ port: place.port, host: '127.0.0.1', noDelay: true });
      await serve(socket, placed);
      if (lying === placed) await setTimeout(RECONNECT_MS);
    }
  }

  /** Resolves when the connection is over. */
  function serve(to: Socket, placed: Lying): Promise<void> {
    const { reader } = placed;
    let pending = Buffer.alloc(0);
    reader.activate();

    function respond(bytes: Uint8Array): void {
      const length = begun ? [bytes.length & 0xff] : [bytes.length >> 8, bytes.length & 0xff];
      begun = false;
      to.write(Uint8Array.of(...length, ...bytes));
      if (socket !== to) to.end();
    }

    function apdu(command: Uint8Array): void {
      sent.push(Buffer.from(command).toString('hex'));
      const what = scripted?.at === sent.length ? scripted.what : null;
      if (what !== null) scripted = null;
      switch (what) {
        case 'hang':
          hanging = true;
          return;
        case 'gone-before':
          remove();
          return;
        case 'gone-after':
          reader.answer(command);
          remove();
          return;
        case 'lifted-before':
          layDown(placed);
          return;
        case 'lifted-after':
          reader.answer(command);
          layDown(placed);
          return;
        case 'empty-answer':
          respond(new Uint8Array());
          return;
        case 'short-answer':
          respond(Uint8Array.of(0x90));
          return;
        case 'garbled':
          respond(GARBLED);
          return;
        case 'answer-lost':
          reader.answer(command);
          respond(GARBLED);
          return;
      }
      what?.();
      const answer = reader.answer(command);
      if (answer === null) remove();
      else respond(answer);
    }

    to.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && !to.destroyed) {
        const length = pending.readUInt16BE(0);
        if (length > 1 && !begun && pending.length < length + 2 && mayBegin()) {
          // vpcd sends length and payload apart, and the system holds the payload back until it hears something (40 ms).
          // Half of the answer's length is something. It must be finished: to close now would kill pcscd.
          to.write(Uint8Array.of(0));
          begun = true;
        }
        if (pending.length < length + 2) return;
        const message = Uint8Array.from(pending.subarray(2, length + 2));
        pending = pending.subarray(length + 2);
        if (length > 1) apdu(message);
        else if (message[0] === ASK_ATR) respond(reader.atr());
        else reader.activate();
      }
    });
    return new Promise((resolve) => {
      to.on('error', () => {});
      to.on('close', () => {
        begun = false;
        resolve();
      });
    });
  }

  /** Whether the next APDU will be answered for certain. */
  function mayBegin(): boolean {
    return scripted?.at !== sent.length + 1 && lying?.card?.tear == null;
  }

  function remove(): void {
    lying = null;
    const leaving = socket;
    socket = null;
    // What was begun is finished first, and then the connection ends.
    if (!begun) leaving?.destroy();
  }

  return {
    place: (card, model = BY_THE_BOOK) => {
      const reader = contactlessReader(model);
      reader.lay(card);
      layDown({ card, reader });
    },
    placeForeign: (atr) =>
      layDown({ card: null, reader: { atr: () => atr, activate: () => {}, answer: () => GARBLED } }),
    remove,
    card: () => lying?.card ?? null,
    sent: (part = '') => sent.filter((each) => each.includes(part)),
    hangs: () => hanging,
    script: (what, at = 1) => {
      scripted = { what, at: sent.length + at };
    },
    unscript: () => {
      const waited = scripted !== null;
      scripted = null;
      return waited;
    },
    close: () => {
      scripted = null;
      remove();
    },
  };
}
