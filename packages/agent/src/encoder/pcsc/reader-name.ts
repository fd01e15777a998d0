import { createHash } from 'node:crypto';
import type { Mac } from '@keyrack/protocol';
import { isSerialNumber } from './serial-number.ts';

/**
 * Names of readers are what their USB descriptors say, which nobody vouches for. pcsc-lite builds them as
 * `PRODUCT [INTERFACE] (SERIAL NUMBER) READER SLOT`, with what there is of interface and serial number, and two hex
 * digits each for the others: `ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] (0123456789) 00 00`. Windows says
 * `PRODUCT NUMBER`.
 */

/** The protocol takes so many characters of an encoder's name. */
const SHOWN_CHARACTERS = 64;

/** The name as a terminal may show it: no control characters, no half of a surrogate pair. */
export function cleanName(reader: string): string {
  const clean = reader
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  return clean || 'Reader without a name';
}

/** The same, no longer than logs and the server take it. */
export function shownName(reader: string): string {
  // Cut between code points, so that the end isn't half of one.
  let shown = '';
  for (const character of cleanName(reader)) {
    if (shown.length + character.length > SHOWN_CHARACTERS) break;
    shown += character;
  }
  return shown;
}

/** Slot for access modules (SAM): never a card's. */
export function isModuleSlot(reader: string): boolean {
  return /\bSAM\b/i.test(reader);
}

/**
 * Readers that Windows makes up: its own sign-in, smart cards within the computer, a telephone's card. No card is ever laid
 * on them, and some ask the person at the desk for a PIN.
 */
export function isVirtualReader(reader: string): boolean {
  return /^(?:Windows Hello|Microsoft (?:Virtual Smart Card|UICC|Passport))|\bVirtual Smart ?Card\b/i.test(reader);
}

/** The name without its number, which depends on what was plugged in first. */
export function bareName(reader: string): string {
  return reader.replace(/ [0-9A-F]{2} [0-9A-F]{2}$/, '').replace(/ \d{1,2}$/, '');
}

/**
 * The MAC that a reader answers to unless it was given one: a hash of what doesn't change. With a serial number it
 * goes with the reader, wherever that is plugged in. Without one, or with a dummy, it belongs to this desk and the name with its number,
 * since there may be a reader of the same name at every desk.
 *
 * @param installationId names this installation, as the agent's id does
 */
export function derivedMac(reader: string, installationId: string): Mac {
  const numbered = /^(.*\(([^()]+)\)) [0-9A-F]{2} ([0-9A-F]{2})$/.exec(reader);
  const lasting = isSerialNumber(numbered?.[2]) ? [numbered?.[1], numbered?.[3]] : [installationId, reader];
  const hash = createHash('sha256').update(JSON.stringify(['keyrack encoder', ...lasting]));
  return hash.digest('hex').slice(0, 12).toUpperCase() as Mac;
}
