import type { Mac } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { bareName, cleanName, derivedMac, shownName } from './reader-name.ts';
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

test('where no reader is named, those that Windows makes up are not used', () => {
  for (const reader of ['Windows Hello for Business 1', 'Microsoft Virtual Smart Card 0'])
    expect(macOfReader(settings(), reader, DESK)).toBeNull();
  const named = settings({ mac: MAC, reader: 'Microsoft Virtual Smart Card' });
  expect(macOfReader(named, 'Microsoft Virtual Smart Card 0', DESK), 'unless one is named').toBe(MAC);
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

test.each([
  ['as the system has it', (name: string) => name],
  ['as it is printed', cleanName],
  ['as a log shows it', shownName],
  ['as it is printed, without its number', (name: string) => bareName(cleanName(name))],
])('a reader with a long name and a bad character is named %s', (_how, as) => {
  const reader = 'ACS ACR1252 1S CL Reader [ACR1252\u0007Reader PICC] (0123456789) 00 00';
  expect(macOfReader(settings({ mac: MAC, reader: as(reader) }), reader, DESK)).toBe(MAC);
});

test('of two readers whose names are cut to the same, each is named by its whole name', () => {
  const [one, other] = ['00 00', '00 01'].map((number) => `${'x'.repeat(70)} ${number}`) as [string, string];
  const named = settings({ mac: MAC, reader: one }, { mac: OTHER_MAC, reader: other });
  expect([one, other].map((reader) => macOfReader(named, reader, DESK))).toEqual([MAC, OTHER_MAC]);
});
