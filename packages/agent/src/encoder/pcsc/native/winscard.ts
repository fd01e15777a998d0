import koffi from 'koffi';
import { codeName } from './return-codes.ts';
import {
  HANDLE_ROOM,
  packDword,
  packIoRequest,
  packStates,
  packText,
  type ReportedState,
  unpackDword,
  unpackHandle,
  unpackStates,
  unpackTexts,
  type WinscardLayout,
} from './winscard-layout.ts';

/**
 * The dozen functions of PC/SC that the driver needs, each in a thread of libuv's pool: every one of them may block, some
 * for ever. Calls of one context wait for each other in the system's library, but `cancel`.
 */
export interface Winscard {
  establish(): Promise<bigint>;
  /** Not before every call with it has ended: it waits for them, and a thread with it. */
  release(context: bigint): Promise<void>;
  list(context: bigint): Promise<string[]>;
  /** Resolves with null when nothing changed in that time, or when it was cancelled. */
  waitForChange(context: bigint, readers: readonly WatchedReader[], forMs: number): Promise<ReportedState[] | null>;
  /** Ends a wait of that context. Doesn't block. */
  cancel(context: bigint): Promise<void>;
  /** For this program alone. */
  connect(context: bigint, reader: string): Promise<OpenedCard>;
  /** Warm reset. */
  reset(card: OpenedCard): Promise<void>;
  disconnect(card: OpenedCard, disposition: 'leave' | 'reset'): Promise<void>;
  atr(card: OpenedCard): Promise<Uint8Array>;
  transmit(card: OpenedCard, command: Uint8Array): Promise<Uint8Array>;
}

export interface WatchedReader {
  readonly name: string;
  /** What is known of it: the last `event`, without its "changed" flag. */
  readonly current: number;
}

export interface OpenedCard {
  readonly handle: bigint;
  /** T=0 or T=1, as was agreed. */
  protocol: number;
}

const SCOPE_SYSTEM = 2;
const SHARE_EXCLUSIVE = 1;
const PROTOCOL_ANY = 3;
const LEAVE_CARD = 0;
const RESET_CARD = 1;
/** The longest list of readers, in characters: sixteen names of 128. */
const LIST_ROOM = 8_192;
/** A short APDU's longest response, with its status, and some. */
const RESPONSE_ROOM = 512;

/** Fails with an Error whose `code` is the name of what the function returned. */
class PcscError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** @throws the system has no such library */
export function loadWinscard(layout: WinscardLayout): Winscard {
  const library = loadFirst(layout.libraries);
  const { dword, handle, suffix } = layout;
  const bind = (name: string, ...args: string[]) => library.func(name, layout.result, args);
  const functions = {
    establish: bind('SCardEstablishContext', dword, 'void *', 'void *', 'void *'),
    release: bind('SCardReleaseContext', handle),
    list: bind(`SCardListReaders${suffix}`, handle, 'void *', 'void *', 'void *'),
    change: bind(`SCardGetStatusChange${suffix}`, handle, dword, 'void *', dword),
    cancel: bind('SCardCancel', handle),
    connect: bind(`SCardConnect${suffix}`, handle, 'void *', dword, dword, 'void *', 'void *'),
    reconnect: bind('SCardReconnect', handle, dword, dword, dword, 'void *'),
    disconnect: bind('SCardDisconnect', handle, dword),
    status: bind(`SCardStatus${suffix}`, handle, 'void *', 'void *', 'void *', 'void *', 'void *', 'void *'),
    transmit: bind('SCardTransmit', handle, 'void *', 'void *', dword, 'void *', 'void *', 'void *'),
  };
  /** Memory that the system's library works on, until the call has ended. */
  const inUse = new Set<readonly unknown[]>();

  /** The name of what the function returned; null for success. */
  function call(name: keyof typeof functions, ...args: readonly unknown[]): Promise<string | null> {
    inUse.add(args);
    return new Promise((resolve, reject) => {
      functions[name].async(...args, (error: unknown, result: number | bigint) => {
        inUse.delete(args);
        if (error) return reject(error);
        const code = Number(BigInt.asUintN(32, BigInt(result)));
        resolve(code === 0 ? null : codeName(code));
      });
    });
  }

  async function must(name: keyof typeof functions, ...args: readonly unknown[]): Promise<void> {
    const failure = await call(name, ...args);
    if (failure !== null) throw new PcscError(failure);
  }

  return {
    establish: async () => {
      const room = new Uint8Array(HANDLE_ROOM);
      await must('establish', SCOPE_SYSTEM, null, null, room);
      return unpackHandle(layout, room);
    },
    release: (context) => must('release', context),
    list: async (context) => {
      const characterBytes = layout.text === 'utf16le' ? 2 : 1;
      const room = new Uint8Array(LIST_ROOM * characterBytes);
      const length = packDword(layout, LIST_ROOM);
      const failure = await call('list', context, null, room, length);
      if (failure === 'NoReaders') return [];
      if (failure !== null) throw new PcscError(failure);
      return unpackTexts(layout, room.subarray(0, unpackDword(layout, length) * characterBytes));
    },
    waitForChange: async (context, readers, forMs) => {
      const names = readers.map(({ name }) => packText(layout, name));
      const states = packStates(
        layout,
        readers.map(({ current }, i) => ({ nameAt: koffi.address(names[i]), current })),
      );
      // The names are handed over within the structures, so they are kept here too.
      inUse.add(names);
      const failure = await call('change', context, forMs, states, readers.length).finally(() => inUse.delete(names));
      if (failure === 'Timeout' || failure === 'Cancelled') return null;
      if (failure !== null) throw new PcscError(failure);
      return unpackStates(layout, states);
    },
    cancel: (context) => must('cancel', context),
    connect: async (context, reader) => {
      const room = new Uint8Array(HANDLE_ROOM);
      const protocol = packDword(layout, 0);
      await must('connect', context, packText(layout, reader), SHARE_EXCLUSIVE, PROTOCOL_ANY, room, protocol);
      return { handle: unpackHandle(layout, room), protocol: unpackDword(layout, protocol) };
    },
    reset: async (card) => {
      const protocol = packDword(layout, 0);
      await must('reconnect', card.handle, SHARE_EXCLUSIVE, PROTOCOL_ANY, RESET_CARD, protocol);
      card.protocol = unpackDword(layout, protocol);
    },
    disconnect: (card, disposition) =>
      must('disconnect', card.handle, disposition === 'reset' ? RESET_CARD : LEAVE_CARD),
    atr: async (card) => {
      const atr = new Uint8Array(layout.atrBytes);
      const length = packDword(layout, atr.length);
      // Windows wants room for the name, or its length; no system minds both.
      const name = new Uint8Array(LIST_ROOM);
      const nameLength = packDword(layout, 1_024);
      const [state, protocol] = [packDword(layout, 0), packDword(layout, 0)];
      await must('status', card.handle, name, nameLength, state, protocol, atr, length);
      return atr.slice(0, unpackDword(layout, length));
    },
    transmit: async (card, command) => {
      const response = new Uint8Array(RESPONSE_ROOM);
      const length = packDword(layout, response.length);
      const request = packIoRequest(layout, card.protocol);
      await must('transmit', card.handle, request, command, command.length, null, response, length);
      return response.slice(0, unpackDword(layout, length));
    },
  };
}

function loadFirst(libraries: readonly string[]): ReturnType<typeof koffi.load> {
  let why: unknown;
  for (const each of libraries) {
    try {
      return koffi.load(each);
    } catch (error) {
      why = error;
    }
  }
  throw why;
}
