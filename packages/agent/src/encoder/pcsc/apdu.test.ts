import { describe, expect, test } from 'vitest';
import { answerOf, authenticate, GET_UID, loadKey, readBinary, updateBinary } from './apdu.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

describe('commands are those of PC/SC part 3', () => {
  const KEY = bytes('a0a1a2a3a4a5');

  test.each([
    ['get UID', GET_UID, 'ffca000000'],
    ['load key until power is lost', loadKey(0x00, 0x00, KEY), 'ff82000006a0a1a2a3a4a5'],
    ['load key for good', loadKey(0x20, 0x00, KEY), 'ff82200006a0a1a2a3a4a5'],
    ['authenticate with key A', authenticate(7, 'A', 0x00), 'ff860000050100076000'],
    ['authenticate with key B', authenticate(63, 'B', 0x20), 'ff8600000501003f6120'],
    ['read 16 bytes', readBinary(4), 'ffb0000410'],
    ['write a page', updateBinary(0xe3, bytes('01020304')), 'ffd600e30401020304'],
    ['write a block', updateBinary(4, bytes('00'.repeat(16))), `ffd6000410${'00'.repeat(16)}`],
  ])('%s', (_name, command, expected) => {
    expect(hex(command)).toBe(expected);
  });
});

describe('a response', () => {
  test('of status 9000 is done, and what stands before the status is its data', () => {
    expect(answerOf(bytes('04a1b2c39000'))).toEqual({ type: 'done', data: bytes('04a1b2c3') });
    expect(answerOf(bytes('9000'))).toEqual({ type: 'done', data: bytes('') });
  });

  test.each(['6981', '6982', '6983', '6984', '6985', '6986', '6987', '6988', '6989', '6a81', '6a82'])(
    'of status %s is a no',
    (status) => {
      expect(answerOf(bytes(status))).toMatchObject({ type: 'refused' });
    },
  );

  test.each(['6300', '6200', '6281', '6400', '6581', '6700', '6f00', '9001'])('of status %s says nothing', (status) => {
    expect(answerOf(bytes(`00${status}`))).toMatchObject({ type: 'unclear' });
  });
});
