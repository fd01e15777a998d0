import { describe, expect, test } from 'vitest';
import { chipByVersion, kindByAtr, refusalByAtr } from './card-kind.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

describe('an ATR tells', () => {
  test.each([
    ['a Classic 1K', '3b8f8001804f0ca000000306030001000000006a', 'classic-1k'],
    ['an Ultralight or NTAG', '3b8f8001804f0ca0000003060300030000000068', 'pages'],
    ['an Ultralight EV1, where the reader knows it', '3b8f8001804f0ca00000030603003d0000000056', 'pages'],
    ['a Classic 4K, which is none of ours', '3b8f8001804f0ca0000003060300020000000069', null],
    ['a FeliCa card', '3b8f8001804f0ca000000306110030000000004a', null],
    ['a DESFire, which is no storage card', '3b8180018080', null],
    ['a bank card', '3b8e80018031806665b103020183011f830190005f', null],
    ['nothing when it is cut off', '3b8f8001804f0ca0000003060300', null],
    ['nothing when it is empty', '', null],
  ])('%s', (_name, atr, kind) => {
    expect(kindByAtr(bytes(atr))).toBe(kind);
  });
});

test.each([
  ['3b8f8001804f0ca0000003060300020000000069', 'Classic 4K'],
  ['3b8f8001804f0ca000000306110030000000004a', 'of a kind'],
  ['3b8180018080', 'with a processor'],
])('a card that will not do is told as what it is: %s', (atr, why) => {
  expect(refusalByAtr(bytes(atr))?.why).toContain(why);
});

describe('a version tells', () => {
  test.each([
    ['Ultralight EV1, 48 bytes', '0004030101000b03', 'ultralight-ev1'],
    ['Ultralight EV1, 128 bytes, which is none of ours', '0004030101000e03', null],
    ['NTAG 213', '0004040201000f03', 'ntag-213'],
    ['NTAG 215', '0004040201001103', 'ntag-215'],
    ['NTAG 216', '0004040201001303', 'ntag-216'],
    ['a chip of another maker', '0005040201001303', null],
    ['nothing when it is cut off', '00040402010013', null],
  ])('%s', (_name, version, chip) => {
    expect(chipByVersion(bytes(version))).toBe(chip);
  });
});
