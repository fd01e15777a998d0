import { expect, test } from 'vitest';
import { derivedMac } from './reader-name.ts';
import { isSerialNumber } from './serial-number.ts';

const DESK = '01900000-0000-7000-8000-00000000000a';
const OTHER_DESK = '01900000-0000-7000-8000-00000000000b';
const macAt = (readerSet: string, serial: string) =>
  derivedMac(`ACS ACR1252 [ACR1252 PICC] (${serial}) 00 00`, readerSet);

/** What stands in the brackets of readers, as their owners report it, and what is made like it. */
const DUMMIES = [
  ...['0123456789ABCD', '0123456789ABCDEF', '0123456789', '1234567890', '12345678', '123456', 'ABCDEF0123'],
  ...['00000000', '000000000000', 'FFFFFFFF', '11111111', 'XXXXXXXX', '0000'],
  ...['87654321', '9876543210', 'FEDCBA9876543210'],
  ...['1234512345', '0123012301', 'ABABABAB', '12345678-12345678', 'SN12345678', 'SN00000000'],
];
const NO_SERIALS = [
  ...['CCID', 'Beta 3', '1', '2.04', 'V1.00', 'v100', 'REV 2', 'FW0204', 'PICC', 'contactless', '', ' ', '-', '01'],
];
const SERIALS = [
  ...['R0815', '55041814217797', '70D7E2EE', 'OKCM0021009141536', '0123456788', 'KX-2041-77', '1205A0021'],
  ...['00000017', '10001', '20100817', '00:17:c4:22:9a:01'],
];

test.each(DUMMIES)('%s is a dummy: each desk has a MAC of its own', (serial) => {
  expect(isSerialNumber(serial)).toBe(false);
  expect(macAt(DESK, serial)).not.toBe(macAt(OTHER_DESK, serial));
});

test.each(NO_SERIALS)('(%s) holds no serial number: each desk has a MAC of its own', (text) => {
  expect(isSerialNumber(text)).toBe(false);
  expect(macAt(DESK, text)).not.toBe(macAt(OTHER_DESK, text));
});

test.each(SERIALS)('%s goes with its reader to another desk', (serial) => {
  expect(isSerialNumber(serial)).toBe(true);
  expect(macAt(DESK, serial)).toBe(macAt(OTHER_DESK, serial));
});

test('whatever the makers count up, one in a thousand at most is taken for a dummy', () => {
  const numbers = Array.from({ length: 10_000 }, (_, i) => String(i * 9973).padStart(8, '0'));
  expect(numbers.filter((number) => !isSerialNumber(number)).length).toBeLessThanOrEqual(10);
});
