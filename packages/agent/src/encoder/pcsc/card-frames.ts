import { type Answer, REFUSED, UNCLEAR } from './apdu.ts';

/** Commands of the chips with pages, as they go over the air without their checksum (NTAG213_215_216, section 10). */
export const GET_VERSION: Uint8Array = Uint8Array.of(0x60);
export const passwordFrame = (password: Uint8Array): Uint8Array => Uint8Array.of(0x1b, ...password);
export const readFrame = (page: number): Uint8Array => Uint8Array.of(0x30, page);
export const writeFrame = (page: number, bytes: Uint8Array): Uint8Array => Uint8Array.of(0xa2, page, ...bytes);

/** Acknowledge and refusals are four bits, which readers hand on as one byte (NTAG213_215_216, table 22). */
export const ACKNOWLEDGE = 0x0a;
/** An address that isn't there or not open, and a counter of wrong passwords that has run full. */
const OWN_NO: ReadonlySet<number> = new Set([0x00, 0x04]);

/** What a chip's answer to a command that reads means; the answer must be `length` bytes long. */
export function frameAnswer(answer: Answer, length: number): Answer {
  if (answer.type !== 'done' || answer.data.length === length) return answer;
  return refusalIn(answer.data);
}

/** What a chip's answer to a write means. A reader that checks the acknowledgement by itself hands nothing on. */
export function writeAnswer(answer: Answer): Answer {
  if (answer.type !== 'done' || answer.data.length === 0) return answer;
  return answer.data.length === 1 && answer.data[0] === ACKNOWLEDGE ? answer : refusalIn(answer.data);
}

function refusalIn(data: Uint8Array): Answer {
  return data.length === 1 && OWN_NO.has(data[0] ?? 0xff) ? REFUSED : UNCLEAR;
}

/**
 * PC/SC part 3, revision 2.02: a "transparent session", in which the reader hands frames on as they are. The ACR1552U,
 * for one, has it.
 */
export const START_SESSION: Uint8Array = Uint8Array.of(0xff, 0xc2, 0x00, 0x00, 0x02, 0x81, 0x00, 0x00);
export const END_SESSION: Uint8Array = Uint8Array.of(0xff, 0xc2, 0x00, 0x00, 0x02, 0x82, 0x00, 0x00);
/** Layer 3 of ISO 14443 A: the card is selected, and frames have a checksum that the reader adds and checks. */
export const SWITCH_TO_LAYER_3: Uint8Array = Uint8Array.of(
  ...[0xff, 0xc2, 0x00, 0x02, 0x04, 0x8f, 0x02, 0x00, 0x03, 0x00],
);
/** How long the reader waits for the card: 100 ms, in microseconds, low byte first. The slowest command takes 10. */
const CARD_TIMER = [0x5f, 0x46, 0x04, 0xa0, 0x86, 0x01, 0x00];

export function transparent(frame: Uint8Array): Uint8Array {
  const objects = [...CARD_TIMER, 0x95, frame.length, ...frame];
  return Uint8Array.of(0xff, 0xc2, 0x00, 0x01, objects.length, ...objects, 0x00);
}

/** The card's bytes (object 97) out of a list of data objects, the first of which (C0) tells how it went. */
export function transparentAnswer(answer: Answer): Answer {
  if (answer.type !== 'done') return answer;
  let data: Uint8Array = new Uint8Array();
  for (let at = 0; at + 2 <= answer.data.length; ) {
    const tag = answer.data[at];
    const value = answer.data.subarray(at + 2, at + 2 + (answer.data[at + 1] ?? 0));
    // C0: which object failed, and two bytes of status. 96: the reader's remarks on what it received, in its low bits.
    if (tag === 0xc0 && (value[1] !== 0x90 || value[2] !== 0x00)) return UNCLEAR;
    if (tag === 0x96 && ((value[0] ?? 0) & 0x0f) !== 0) return UNCLEAR;
    if (tag === 0x97) data = value.slice();
    at += 2 + value.length;
  }
  return { type: 'done', data };
}

/** InCommunicateThru of NXP's PN532 in ACS's envelope (ACR122U, application programming interface, 4.1). */
export function throughPn532(frame: Uint8Array): Uint8Array {
  return Uint8Array.of(0xff, 0x00, 0x00, 0x00, frame.length + 2, 0xd4, 0x42, ...frame);
}

export function pn532Answer(answer: Answer): Answer {
  if (answer.type !== 'done') return answer;
  const [direction, command, status] = answer.data;
  // A refusal is a frame of four bits, which the PN532 reports like one that was garbled.
  if (direction !== 0xd5 || command !== 0x43 || status !== 0x00) return UNCLEAR;
  return { type: 'done', data: answer.data.slice(3) };
}
