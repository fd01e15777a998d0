import { applyChange, type SimulatedCard } from '../../simulated/card-memory.ts';
import { type ClassicSession, classicKeyFits, classicRead, classicWrite } from '../../simulated/classic-memory.ts';
import type { MemoryChange } from '../../simulated/memory-change.ts';
import { pagePassword, pageRead, pageWrite } from '../../simulated/page-memory.ts';
import type { ReaderModel } from './reader-models.ts';

/** A contactless reader with its memory for keys, which outlives the cards. */
export interface ContactlessReader {
  readonly model: ReaderModel;
  /** Puts cards into the field, the lower ones first; none takes them away. */
  lay(...cards: SimulatedCard[]): void;
  /** Of the card that is chosen. */
  atr(): Uint8Array;
  /** Power off, power on, or reset: the chosen card knows of nothing any more, and another may be chosen. */
  activate(): void;
  /** The response; null when the card was torn away in the middle of it. */
  answer(command: Uint8Array): Uint8Array | null;
  /** How long that takes, in milliseconds. */
  duration(command: Uint8Array): number;
  /** Loses power: what is volatile is gone. */
  unplug(): void;
  /** The keys that lie in its memory, by place. */
  keys(): ReadonlyMap<string, Uint8Array>;
  /** How often something was written to lasting memory. */
  wear(): number;
  /** Whether a transparent session is open. */
  isInSession(): boolean;
}

const OK = [0x90, 0x00];
/** What GET_VERSION answers (MF0ULX1, table 16; NTAG213_215_216, table 28). */
const VERSIONS = {
  'ultralight-ev1': '0004030101000b03',
  'ntag-213': '0004040201000f03',
  'ntag-215': '0004040201001103',
  'ntag-216': '0004040201001303',
} as const;
/** A refusal of a chip with pages: four bits. */
const NAK = 0x00;

/** What the plastic says to a frame: bytes, a refusal, or nothing since it was torn away. */
type Said = Uint8Array | 'refused' | 'torn';

const bytesOf = (status: number) => Uint8Array.of(status >> 8, status & 0xff);

export function contactlessReader(model: ReaderModel): ContactlessReader {
  const memory = new Map<string, Uint8Array>();
  let wear = 0;
  let cards: readonly SimulatedCard[] = [];
  let chosen = 0;
  let sector: ClassicSession | null = null;
  let passwordGiven = false;
  let halted = false;
  let inSession = false;
  const unknown = bytesOf(model.status.unknown);

  function theCard(): SimulatedCard {
    const card = cards[chosen];
    if (card === undefined) throw new Error('no card lies in the field');
    return card;
  }

  function forgetAll(): void {
    sector = null;
    passwordGiven = false;
    halted = false;
    inSession = false;
  }

  function activate(): void {
    forgetAll();
    if (cards.length > 1) chosen = (chosen + 1) % cards.length;
  }

  function loadKey(structure: number, number: number, key: Uint8Array): Uint8Array {
    const place = model.keyPlace(structure, number);
    if (place === null || key.length !== 6) return bytesOf(model.status.keyRefused);
    memory.set(place.name, key.slice());
    if (place.lasting) wear += 1;
    return Uint8Array.from(OK);
  }

  function authenticate([, , block = 0, type = 0, number = 0]: Uint8Array): Uint8Array | null {
    const card = theCard();
    const place = model.usedPlace(number, type);
    const key = place === null ? undefined : memory.get(place.name);
    if (key === undefined) return bytesOf(model.status.noKey);
    const letter = type === 0x60 ? 'A' : 'B';
    const fits = card.chip === 'classic-1k' && classicKeyFits(card.memory, block, letter, key);
    const said = heard(fits ? new Uint8Array() : null);
    if (said !== 'refused') sector = { sector: block >> 2, type: letter };
    return plain(said);
  }

  function heard(said: Uint8Array | null): Said {
    if (said !== null && !halted) return said;
    halted = true;
    sector = null;
    passwordGiven = false;
    return 'refused';
  }

  function changed(change: MemoryChange | null): Said {
    if (change === null || halted) return heard(null);
    return applyChange(theCard(), change) ? 'torn' : new Uint8Array();
  }

  function read(at: number): Said {
    const { chip, memory: bytes } = theCard();
    return heard(chip === 'classic-1k' ? classicRead(bytes, sector, at) : pageRead(bytes, chip, passwordGiven, at));
  }

  function write(at: number, bytes: Uint8Array): Said {
    const { chip, memory: held } = theCard();
    return changed(
      chip === 'classic-1k' ? classicWrite(held, sector, at, bytes) : pageWrite(held, chip, passwordGiven, at, bytes),
    );
  }

  /** A frame that comes to the chip as it is. */
  function frame([code = 0, ...bytes]: Uint8Array): Said {
    const { chip, memory: held } = theCard();
    if (chip === 'classic-1k') return heard(null);
    if (code === 0x60) return heard(new Uint8Array(Buffer.from(VERSIONS[chip], 'hex')));
    if (code === 0x30) return read(bytes[0] ?? 0);
    if (code === 0xa2) {
      const said = write(bytes[0] ?? 0, Uint8Array.from(bytes.slice(1)));
      return typeof said === 'string' ? said : Uint8Array.of(0x0a);
    }
    if (code !== 0x1b) return heard(null);
    const acknowledge = heard(pagePassword(held, chip, Uint8Array.from(bytes)));
    passwordGiven = acknowledge !== 'refused';
    return acknowledge;
  }

  function plain(said: Said): Uint8Array | null {
    if (said === 'torn') return null;
    if (said === 'refused') return bytesOf(model.status.refused);
    return Uint8Array.of(...said, ...OK);
  }

  function inObjects(said: Said): Uint8Array | null {
    if (said === 'torn') return null;
    const bytes = said === 'refused' ? Uint8Array.of(NAK) : said;
    const bits = bytes.length === 1 ? 4 : 0;
    const status = [0xc0, 0x03, 0x00, 0x90, 0x00, 0x92, 0x01, bits, 0x96, 0x02, 0x00, 0x00];
    return Uint8Array.of(...status, 0x97, bytes.length, ...bytes, ...OK);
  }

  function session(which: number, data: Uint8Array): Uint8Array | null {
    if (model.pageCommands !== 'session') return unknown;
    if (which === 0x00) {
      inSession = data[0] === 0x81;
      return Uint8Array.of(0xc0, 0x03, 0x00, 0x90, 0x00, ...OK);
    }
    if (!inSession) return Uint8Array.of(0xc0, 0x03, 0x01, 0x69, 0x86, ...OK);
    if (which === 0x02) return Uint8Array.of(0xc0, 0x03, 0x00, 0x90, 0x00, ...OK);
    const at = data.indexOf(0x95, data[0] === 0x5f ? 7 : 0);
    return inObjects(frame(data.subarray(at + 2, at + 2 + (data[at + 1] ?? 0))));
  }

  function throughPn532(data: Uint8Array): Uint8Array | null {
    if (model.pageCommands !== 'pn532' || data[0] !== 0xd4 || data[1] !== 0x42) return unknown;
    const said = frame(data.subarray(2));
    if (said === 'torn') return null;
    // A frame of four bits is an error to the PN532 (02), and no answer at all too (01).
    const [status, bytes] = said === 'refused' ? [0x02, []] : said.length === 1 ? [0x02, []] : [0x00, said];
    return Uint8Array.of(0xd5, 0x43, status, ...bytes, ...OK);
  }

  function answer(command: Uint8Array): Uint8Array | null {
    const [cla, ins, p1 = 0, p2 = 0] = command;
    const data = command.subarray(5, 5 + (command[4] ?? 0));
    if (cla !== 0xff) return unknown;
    switch (ins) {
      case 0xca:
        return Uint8Array.of(...Buffer.from(theCard().serial, 'hex'), ...OK);
      case 0x82:
        return loadKey(p1, p2, data);
      case 0x86:
        return authenticate(data);
      case 0xb0:
        return plain(read(p2));
      case 0xd6:
        return plain(write(p2, data));
      case 0xc2:
        return session(p2, data);
      case 0x00:
        return throughPn532(data);
      default:
        return unknown;
    }
  }

  function duration([, ins, p1 = 0, p2 = 0]: Uint8Array): number {
    const { timing } = model;
    switch (ins) {
      case 0x82:
        return model.keyPlace(p1, p2)?.lasting ? timing.loadLastingKey : timing.loadKey;
      case 0x86:
        return timing.authenticate;
      case 0xb0:
        return timing.read;
      case 0xd6:
        return timing.write;
      case 0xc2:
        return p2 === 0x01 ? timing.read : timing.other;
      default:
        return timing.other;
    }
  }

  return {
    model,
    lay: (...laid) => {
      cards = laid;
      chosen = 0;
      forgetAll();
    },
    atr: () => atrOf(theCard()),
    activate,
    answer,
    duration,
    unplug: () => {
      for (const place of [...memory.keys()]) if (place.startsWith('volatile')) memory.delete(place);
    },
    keys: () => memory,
    wear: () => wear,
    isInSession: () => inSession,
  };
}

/** A storage card's ATR (PC/SC part 3, 3.1.3.2.3); its last byte is the XOR of all but the first. */
function atrOf({ chip }: SimulatedCard): Uint8Array {
  const name = chip === 'classic-1k' ? 0x01 : 0x03;
  return withCheck([0x8f, 0x80, 0x01, 0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06, 0x03, 0x00, name, 0, 0, 0, 0]);
}

function withCheck(bytes: readonly number[]): Uint8Array {
  return Uint8Array.of(
    0x3b,
    ...bytes,
    bytes.reduce((check, byte) => check ^ byte, 0),
  );
}
