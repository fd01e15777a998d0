import { crc32 } from 'node:zlib';

/**
 * How a value lies in a journal file: `LENGTH CRC JSON\n`. LENGTH is the number of bytes of the JSON in decimal, CRC is
 * its CRC-32 in 8 hex digits. JSON holds no line feed, so a whole file can be read with an editor and with `grep`.
 */

/** Bytes of one line at most. A record takes about 600; what is longer was never written by this program. */
export const LINE_BYTES = 8 * 1024;

export function frameLine(value: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(value), 'utf8');
  const line = Buffer.concat([Buffer.from(`${json.length} ${checksum(json)} `, 'latin1'), json, Buffer.from('\n')]);
  if (line.length > LINE_BYTES)
    throw new RangeError(`a journal line has at most ${LINE_BYTES} bytes, not ${line.length}`);
  return line;
}

export interface FramedLines {
  /** The values of all lines up to the first bad one, each with the byte behind it. */
  readonly lines: readonly { readonly value: unknown; readonly end: number }[];
  /**
   * What follows: nothing; the `torn` remains of a single append that never became durable; or `damage`, which no
   * interrupted append explains.
   */
  readonly rest: 'nothing' | 'torn' | 'damage';
}

export function readFramedLines(bytes: Uint8Array): FramedLines {
  const lines: { value: unknown; end: number }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, at);
    const value = feed === -1 ? undefined : unframe(bytes.subarray(at, feed));
    if (value === undefined) return { lines, rest: isTorn(bytes.subarray(at)) ? 'torn' : 'damage' };
    at = feed + 1;
    lines.push({ value, end: at });
  }
  return { lines, rest: 'nothing' };
}

const LINE_FEED = 10;

/** The value of a line without its line feed; undefined when it isn't whole. */
function unframe(line: Uint8Array): unknown {
  const text = Buffer.from(line.buffer, line.byteOffset, line.length);
  const head = /^(\d{1,5}) ([0-9a-f]{8}) /.exec(text.subarray(0, 16).toString('latin1'));
  if (head === null) return undefined;
  const json = text.subarray(head[0].length);
  if (json.length !== Number(head[1]) || checksum(json) !== head[2]) return undefined;
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether these last bytes of a file can be one append that was interrupted. Appends are synced one by one, so at most
 * one is torn: it holds no line feed but its last byte (a disk may keep the end and lose the middle), and isn't longer
 * than it says that it is.
 */
function isTorn(rest: Uint8Array): boolean {
  const feed = rest.indexOf(LINE_FEED);
  if (rest.length > LINE_BYTES || (feed !== -1 && feed !== rest.length - 1)) return false;
  const head = /^(\d{1,5}) [0-9a-f]{8} /.exec(Buffer.from(rest.subarray(0, 16)).toString('latin1'));
  return head === null || rest.length <= head[0].length + Number(head[1]) + 1;
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
