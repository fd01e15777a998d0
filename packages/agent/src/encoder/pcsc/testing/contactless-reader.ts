import { applyChange, type SimulatedCard } from '../../simulated/card-memory.ts';
import { type ClassicSession, classicKeyFits, classicRead, classicWrite } from '../../simulated/classic-memory.ts';
import type { MemoryChange } from '../../simulated/memory-change.ts';
import { pagePassword, pageRead, pageWrite } from '../../simulated/page-memory.ts';

/** In what contactless readers differ, as far as the driver has to know. */
export interface ReaderModel {
  /** How it hands commands on to a card: in a transparent session (PC/SC part 3), through a PN532, or not at all. */
  readonly road: 'session' | 'pn532' | 'none';
  readonly keyMemory: 'volatile' | 'lasting' | 'none';
  /** Whether it tells a card's refusal from a failure, or says `6300` to both. */
  readonly tellsRefusals: boolean;
}

export const MODERN: ReaderModel = { road: 'session', keyMemory: 'volatile', tellsRefusals: true };
export const ACR122: ReaderModel = { road: 'pn532', keyMemory: 'volatile', tellsRefusals: false };

/** A card that lies on a contactless reader, as the two answer together to what PC/SC sends. */
export interface ReaderWithCard {
  readonly atr: Uint8Array;
  /** Power off, power on, or reset: the card knows of nothing any more. */
  activate(): void;
  /** The response; null when the card was torn away in the middle of it. */
  answer(command: Uint8Array): Uint8Array | null;
}

const OK = [0x90, 0x00];
const UNKNOWN_COMMAND = [0x6d, 0x00];
const FAILED = [0x63, 0x00];
const NOT_SATISFIED = [0x69, 0x82];
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

export function readerWithCard(card: SimulatedCard, model: ReaderModel): ReaderWithCard {
  const uid = new Uint8Array(Buffer.from(card.serial, 'hex'));
  let key = new Uint8Array();
  let sector: ClassicSession | null = null;
  let passwordGiven = false;
  let halted = false;
  let inSession = false;

  function activate(): void {
    sector = null;
    passwordGiven = false;
    halted = false;
    inSession = false;
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
    return applyChange(card, change) ? 'torn' : new Uint8Array();
  }

  const read = (at: number): Said =>
    heard(
      card.chip === 'classic-1k'
        ? classicRead(card.memory, sector, at)
        : pageRead(card.memory, card.chip, passwordGiven, at),
    );
  const write = (at: number, bytes: Uint8Array): Said =>
    changed(
      card.chip === 'classic-1k'
        ? classicWrite(card.memory, sector, at, bytes)
        : pageWrite(card.memory, card.chip, passwordGiven, at, bytes),
    );

  /** A frame that comes to the chip as it is. */
  function frame([code = 0, ...bytes]: Uint8Array): Said {
    const { chip } = card;
    if (chip === 'classic-1k') return heard(null);
    if (code === 0x60) return heard(new Uint8Array(Buffer.from(VERSIONS[chip], 'hex')));
    if (code === 0x30) return read(bytes[0] ?? 0);
    if (code === 0xa2) {
      const said = write(bytes[0] ?? 0, Uint8Array.from(bytes.slice(1)));
      return typeof said === 'string' ? said : Uint8Array.of(0x0a);
    }
    if (code !== 0x1b) return heard(null);
    const acknowledge = heard(pagePassword(card.memory, chip, Uint8Array.from(bytes)));
    passwordGiven = acknowledge !== 'refused';
    return acknowledge;
  }

  function plain(said: Said): Uint8Array | null {
    if (said === 'torn') return null;
    if (said === 'refused') return Uint8Array.from(model.tellsRefusals ? NOT_SATISFIED : FAILED);
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
    if (model.road !== 'session') return Uint8Array.from(UNKNOWN_COMMAND);
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
    if (model.road !== 'pn532' || data[0] !== 0xd4 || data[1] !== 0x42) return Uint8Array.from(UNKNOWN_COMMAND);
    const said = frame(data.subarray(2));
    if (said === 'torn') return null;
    // A frame of four bits is an error to the PN532 (02), and no answer at all too (01).
    const [status, bytes] = said === 'refused' ? [0x02, []] : said.length === 1 ? [0x02, []] : [0x00, said];
    return Uint8Array.of(0xd5, 0x43, status, ...bytes, ...OK);
  }

  function answer(command: Uint8Array): Uint8Array | null {
    const [cla, ins, p1 = 0, p2 = 0] = command;
    const data = command.subarray(5, 5 + (command[4] ?? 0));
    if (cla !== 0xff) return Uint8Array.from(UNKNOWN_COMMAND);
    switch (ins) {
      case 0xca:
        return Uint8Array.of(...uid, ...OK);
      case 0x82:
        if (model.keyMemory !== (p1 === 0x00 ? 'volatile' : 'lasting')) return Uint8Array.of(0x69, 0x86);
        key = data.slice();
        return Uint8Array.from(OK);
      case 0x86: {
        const block = data[2] ?? 0;
        const type = data[3] === 0x60 ? 'A' : 'B';
        const fits = card.chip === 'classic-1k' && classicKeyFits(card.memory, block, type, key);
        const said = heard(fits ? new Uint8Array() : null);
        if (said !== 'refused') sector = { sector: block >> 2, type };
        return plain(said);
      }
      case 0xb0:
        return plain(read(p2));
      case 0xd6:
        return plain(write(p2, data));
      case 0xc2:
        return session(p2, data);
      case 0x00:
        return throughPn532(data);
      default:
        return Uint8Array.from(UNKNOWN_COMMAND);
    }
  }

  return { atr: atrOf(card), activate, answer };
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
