import type { Mac } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { derivedMac } from './reader-name.ts';
import { macOfReader } from './reader-settings.ts';

const DESK = '01900000-0000-7000-8000-00000000000a';
const MAC = '7C778A6C7D9C' as Mac;
const OTHER_MAC = '7C778A6C7D9D' as Mac;
const READER = 'ACS ACR122U PICC Interface 00 00';

const settings = (...named: { mac: Mac; reader: string }[]) => ({ named, forSignedIn: null });

test('where no reader is named, all are used but slots for access modules', () => {
  expect(macOfReader(settings(), READER, DESK)).toBe(derivedMac(READER, DESK));
  expect(macOfReader(settings(), 'ACS ACR1252 [ACR1252 SAM Interface] 00 01', DESK)).toBeNull();
});

test('where readers are named, those alone are used', () => {
  const named = settings({ mac: MAC, reader: READER });
  expect(macOfReader(named, READER, DESK)).toBe(MAC);
  expect(macOfReader(named, 'ACS ACR122U PICC Interface 01 00', DESK)).toBeNull();
});

test('a reader is named with its number or without, and the number goes before', () => {
  const named = settings(
    { mac: MAC, reader: 'ACS ACR122U PICC Interface' },
    { mac: OTHER_MAC, reader: 'ACS ACR122U PICC Interface 01 00' },
  );
  expect(macOfReader(named, READER, DESK)).toBe(MAC);
  expect(macOfReader(named, 'ACS ACR122U PICC Interface 01 00', DESK)).toBe(OTHER_MAC);
});
