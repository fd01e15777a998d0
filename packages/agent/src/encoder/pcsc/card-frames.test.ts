import { describe, expect, test } from 'vitest';
import { type Answer, REFUSED, UNCLEAR } from './apdu.ts';
import {
  frameAnswer,
  GET_VERSION,
  passwordFrame,
  pn532Answer,
  readFrame,
  throughPn532,
  transparent,
  transparentAnswer,
  writeAnswer,
  writeFrame,
} from './card-frames.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const done = (text: string): Answer => ({ type: 'done', data: bytes(text) });

describe('frames to a chip with pages', () => {
  test.each([
    ['which chip it is', GET_VERSION, '60'],
    ['its password', passwordFrame(bytes('01020304')), '1b01020304'],
    ['four pages', readFrame(0xe3), '30e3'],
    ['a page to write', writeFrame(4, bytes('0a0b0c0d')), 'a2040a0b0c0d'],
  ])('%s', (_name, frame, expected) => {
    expect(hex(frame)).toBe(expected);
  });

  test('go through a transparent session with a time limit of the reader', () => {
    expect(hex(transparent(bytes('3004')))).toBe('ffc200010b5f4604a08601009502300400');
  });

  test('go through a PN532 in an envelope', () => {
    expect(hex(throughPn532(bytes('1b01020304')))).toBe('ff00000007d4421b01020304');
  });
});

describe("a transparent session's answer", () => {
  test('holds the bytes of the card', () => {
    expect(transparentAnswer(done('c00300900092010096020000970204aa'))).toEqual(done('04aa'));
  });

  test.each([
    ['the reader failed', 'c003016401'],
    ['the card did not answer in time', 'c0030090009602010097020000'],
  ])('says nothing of the card when %s', (_name, objects) => {
    expect(transparentAnswer(done(objects))).toEqual(UNCLEAR);
  });

  test('that is cut off holds what there is', () => {
    expect(transparentAnswer(done('c0030090009704aa'))).toEqual(done('aa'));
    expect(transparentAnswer(done('c0'))).toEqual(done(''));
  });
});

describe("a PN532's answer", () => {
  test('holds the bytes of the card', () => {
    expect(pn532Answer(done('d5430080fe'))).toEqual(done('80fe'));
  });

  test.each(['d54301', 'd54302', 'd541000a', '', 'd543'])('%s says nothing of the card', (answer) => {
    expect(pn532Answer(done(answer))).toEqual(UNCLEAR);
  });
});

describe('the answer of a chip', () => {
  test('of the right length is its answer', () => {
    expect(frameAnswer(done('80fe'), 2)).toEqual(done('80fe'));
  });

  test.each(['00', '04'])('%s is its no', (nak) => {
    expect(frameAnswer(done(nak), 16)).toEqual(REFUSED);
    expect(writeAnswer(done(nak))).toEqual(REFUSED);
  });

  test.each(['01', '05', '0a0a', '80'])('%s says nothing', (answer) => {
    expect(frameAnswer(done(answer), 16)).toEqual(UNCLEAR);
    expect(writeAnswer(done(answer))).toEqual(UNCLEAR);
  });

  test('to a write is its acknowledgement, or nothing where the reader took that for itself', () => {
    expect(writeAnswer(done('0a')).type).toBe('done');
    expect(writeAnswer(done('')).type).toBe('done');
  });

  test('is the failure that came before it', () => {
    expect(frameAnswer(REFUSED, 16)).toEqual(REFUSED);
    expect(writeAnswer(UNCLEAR)).toEqual(UNCLEAR);
  });
});
