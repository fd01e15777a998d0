import { CLASSIC_TRAILER_BLOCK, PAGE_GEOMETRY } from '../../chip-geometry.ts';

/**
 * Takes out of an exchange what nobody may see: keys, passwords and their acknowledgements, contents, and the serial, which
 * gets a made-up one of the same length. What the driver goes by stays: statuses, versions, access bits,
 * configuration pages. Replaying blanks what it is asked in the same way, and compares. Pure.
 */
export interface Blanked {
  readonly command: Uint8Array;
  readonly response: Uint8Array;
}

/** A serial that is put in place of a card's own; the first byte, its maker's, stays. */
export function blankSerial(serial: Uint8Array, number: number): Uint8Array {
  return serial.map((byte, i) => (i === 0 ? byte : (i + number) & 0xff));
}

/** @param number counts the cards of a trace, so that each has a serial of its own */
export function blankExchange(command: Uint8Array, response: Uint8Array, number = 0): Blanked {
  const [, ins, , p2 = 0] = command;
  switch (ins) {
    case 0xca: // get data: the serial
      return { command, response: withData(response, (data) => blankSerial(data, number)) };
    case 0x82: // load key
      return { command: zeroed(command, 5), response };
    case 0xb0: // read binary
      return { command, response: withData(response, (data) => shownOf(p2, data)) };
    case 0xd6: // update binary
      return { command: zeroed(command, 5), response };
    case 0xc2: {
      const frameAt = command.indexOf(0x95, 5) + 2;
      if (command[3] !== 0x01 || frameAt < 2) return { command, response };
      return blankFrame(command, frameAt, response, inObject97(response));
    }
    case 0x00: // the PN532's own command, after D4 42; its answer after D5 43 and a status
      return blankFrame(command, 7, response, [3, response.length - 2]);
    default:
      return { command, response };
  }
}

/** A frame of a chip with pages within a command, and its answer within a response, from the one place to the other. */
function blankFrame(
  command: Uint8Array,
  at: number,
  response: Uint8Array,
  [from, to]: readonly [number, number],
): Blanked {
  const answer = (change: (data: Uint8Array) => Uint8Array) => {
    const blanked = response.slice();
    if (to > from) blanked.set(change(response.slice(from, to)), from);
    return blanked;
  };
  // Refusals and acknowledgements are one byte, and stay.
  const all = (data: Uint8Array) => (data.length > 1 ? new Uint8Array(data.length) : data);
  switch (command[at]) {
    case 0x1b: // password
      return { command: zeroed(command, at + 1, at + 5), response: answer(all) };
    case 0x30: // read
      return { command, response: answer((data) => shownOf(command[at + 1] ?? 0, data)) };
    case 0xa2: // write
      return { command: zeroed(command, at + 2, at + 6), response };
    default:
      return { command, response };
  }
}

/** Bytes of a trailer that hold its access bits, and of a configuration that hold no password. */
const ACCESS_BITS = [6, 10] as const;
const SETTINGS = [0, 8] as const;
const CONFIG_PAGES: ReadonlySet<number> = new Set(Object.values(PAGE_GEOMETRY).map(({ configPage }) => configPage));

/** What may be seen of the bytes from that block or page on: of a trailer its access bits, and a chip's settings. */
function shownOf(at: number, data: Uint8Array): Uint8Array {
  if (data.length <= 1) return data;
  const [from, to] = at === CLASSIC_TRAILER_BLOCK ? ACCESS_BITS : CONFIG_PAGES.has(at) ? SETTINGS : [0, 0];
  return data.map((byte, i) => (i >= from && i < to ? byte : 0));
}

function zeroed(bytes: Uint8Array, from: number, to = bytes.length): Uint8Array {
  return bytes.map((byte, i) => (i >= from && i < to ? 0 : byte));
}

/** The response's data, without its status, changed. A response without data stays. */
function withData(response: Uint8Array, change: (data: Uint8Array) => Uint8Array): Uint8Array {
  if (response.length <= 2) return response;
  return Uint8Array.of(...change(response.slice(0, -2)), ...response.slice(-2));
}

/** Where the value of object 97 lies in a list of data objects; nowhere when there is none. */
function inObject97(response: Uint8Array): readonly [number, number] {
  for (let at = 0; at + 2 <= response.length - 2; ) {
    const length = response[at + 1] ?? 0;
    if (response[at] === 0x97) return [at + 2, Math.min(at + 2 + length, response.length - 2)];
    at += 2 + length;
  }
  return [0, 0];
}
