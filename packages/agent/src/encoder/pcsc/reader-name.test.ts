import { mac } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { bareName, cleanName, derivedMac, isModuleSlot, isVirtualReader, shownName } from './reader-name.ts';

const DESK = '01900000-0000-7000-8000-00000000000a';
const OTHER_DESK = '01900000-0000-7000-8000-00000000000b';
const WITH_SERIAL = 'ACS ACR1252 [ACR1252 PICC] (R0815) 00 00';

describe('the name of a reader is shown', () => {
  test('as it is', () => {
    expect(shownName('ACS ACR122U PICC Interface 00 00')).toBe('ACS ACR122U PICC Interface 00 00');
    expect(shownName('读卡器 00 00')).toBe('读卡器 00 00');
  });

  test('without what a database or terminal chokes on', () => {
    expect(shownName('A\u0000C\u001b[2JS\ud800 \n Reader\u0085')).toBe('A C [2JS Reader');
  });

  test('cut to 64 characters, not through the middle of one', () => {
    expect(shownName('x'.repeat(100))).toBe('x'.repeat(64));
    expect(shownName(`${'x'.repeat(63)}😀`)).toBe('x'.repeat(63));
  });

  test('even when it has none', () => {
    expect(shownName('\u0007')).toBe('Reader without a name');
  });
});

describe('the MAC of a reader', () => {
  test('is a MAC, and the same each time', () => {
    expect(mac.parse(derivedMac(WITH_SERIAL, DESK))).toBe(derivedMac(WITH_SERIAL, DESK));
    expect(derivedMac(WITH_SERIAL, DESK)).toMatch(/^[0-9A-F]{12}$/);
  });

  test('with a serial number goes with the reader, to another desk and another place in the order', () => {
    expect(derivedMac(WITH_SERIAL, OTHER_DESK)).toBe(derivedMac(WITH_SERIAL, DESK));
    expect(derivedMac('ACS ACR1252 [ACR1252 PICC] (R0815) 03 00', DESK)).toBe(derivedMac(WITH_SERIAL, DESK));
  });

  test('tells apart the slots of one reader, and readers of one kind', () => {
    const others = ['ACS ACR1252 [ACR1252 PICC] (R0815) 00 01', 'ACS ACR1252 [ACR1252 PICC] (R0816) 00 00'];
    for (const other of others) expect(derivedMac(other, DESK)).not.toBe(derivedMac(WITH_SERIAL, DESK));
  });

  test('without a serial number is of this desk and this place in the order', () => {
    const name = 'ACS ACR122U PICC Interface 00 00';
    expect(derivedMac(name, DESK)).toBe(derivedMac(name, DESK));
    expect(derivedMac(name, OTHER_DESK)).not.toBe(derivedMac(name, DESK));
    expect(derivedMac('ACS ACR122U PICC Interface 01 00', DESK)).not.toBe(derivedMac(name, DESK));
  });
});

test('the bare name of a reader has no number', () => {
  expect(bareName('ACS ACR122U PICC Interface 01 00')).toBe('ACS ACR122U PICC Interface');
  expect(bareName('ACS ACR122 0')).toBe('ACS ACR122');
  expect(bareName(WITH_SERIAL)).toBe('ACS ACR1252 [ACR1252 PICC] (R0815)');
});

test('the slot of an access module is known by its name', () => {
  expect(isModuleSlot('ACS ACR1252 [ACR1252 SAM Interface] (R0815) 00 01')).toBe(true);
  expect(isModuleSlot('SAMSUNG reader 00 00')).toBe(false);
});

test('a name at the terminal is whole, however long', () => {
  expect(cleanName(`A\u0000 ${'x'.repeat(100)}`)).toBe(`A ${'x'.repeat(100)}`);
});

test.each(['Windows Hello for Business 1', 'Microsoft Virtual Smart Card 0', 'Microsoft UICC ISO Reader 7e5f 0'])(
  'no card is laid on %s',
  (reader) => {
    expect(isVirtualReader(reader)).toBe(true);
  },
);

test.each(['ACS ACR122 0', 'Microsoft Usbccid Smartcard Reader (WUDF) 0', 'Virtual PCD 00 00'])(
  'cards are laid on %s',
  (reader) => {
    expect(isVirtualReader(reader)).toBe(false);
  },
);
