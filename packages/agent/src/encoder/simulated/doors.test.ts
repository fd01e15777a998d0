import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cardTagOf,
  deriveLockKey,
  deriveSharedDoorKey,
  encodeCardImage,
  issuedContent,
  type Lock,
  newRoomLock,
  newSharedLock,
  type Serial,
} from '@keyrack/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DOORS_FILE, openDoors, writeDoors } from './doors.ts';

const key = new Uint8Array(32).fill(7);
const tag = '0123456789abcdef';
const now = Date.UTC(2026, 10, 24, 12);
const minutes = Math.floor(now / 60_000);
const guest = '4567' as Serial;
const other = '89AB' as Serial;

function property(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-doors-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const room = (number: number) => newRoomLock(tag, number, { version: 1, key: deriveLockKey(key, 1, number) });
  const lobby = newSharedLock(tag, { version: 1, key: deriveSharedDoorKey(key, 1) });
  writeDoors(
    folder,
    new Map<string, Lock>([
      ['R1', room(1)],
      ['R2', room(2)],
      ['Lobby', lobby],
    ]),
  );
  return folder;
}

function card(serial: Serial, sequence: number) {
  const image = encodeCardImage(
    {
      cardType: 'guest',
      normallyOpen: false,
      networked: false,
      lossReport: false,
      sharedDoors: true,
      keyVersion: 1,
      propertyTag: tag,
      lockNumber: 1,
      validFrom: minutes - 10,
      validUntil: minutes + 60,
      sequence,
      cardTag: cardTagOf('record'),
    },
    { lockKey: deriveLockKey(key, 1, 1), sharedDoorKey: deriveSharedDoorKey(key, 1) },
    serial,
  );
  return { serial, content: issuedContent(image), others: [guest, other] };
}

describe('simulated doors', () => {
  it("open for the room's card, and say why others stay shut", () => {
    const doors = openDoors(property());
    expect(doors.knock('R1', card(guest, 5), now)).toEqual({ opens: true, text: 'opens' });
    expect(doors.knock('Lobby', card(guest, 5), now)).toEqual({ opens: true, text: 'opens' });
    expect(doors.knock('R2', card(guest, 5), now)).toMatchObject({ opens: false, reason: 'other-room' });
    expect(doors.knock('R1', card(guest, 5), now + 61 * 60_000)).toMatchObject({ opens: false, reason: 'expired' });
    expect(doors.knock('R1', card(guest, 5), now - 11 * 60_000)).toMatchObject({ reason: 'not-yet-valid' });
  });

  it('tell a copied card from a changed one', () => {
    const doors = openDoors(property());
    expect(doors.knock('R1', { ...card(guest, 5), serial: other }, now)).toMatchObject({ reason: 'copied' });
    expect(doors.knock('R1', { ...card(guest, 5), serial: other, others: [] }, now)).toMatchObject({
      reason: 'wrong-checksum',
    });
  });

  it('remember the newest guest across restarts', () => {
    const folder = property();
    expect(openDoors(folder).knock('R1', card(guest, 5), now).opens).toBe(true);
    expect(openDoors(folder).knock('R1', card(other, 6), now).opens).toBe(true);
    expect(openDoors(folder).knock('R1', card(guest, 5), now)).toMatchObject({ opens: false, reason: 'superseded' });
  });

  it('are told by name when they are not there or their file is damaged', () => {
    const folder = property();
    expect(() => openDoors(folder).knock('R9', card(guest, 5), now)).toThrow('there is no door R9');
    writeFileSync(join(folder, DOORS_FILE), '{');
    expect(() => openDoors(folder)).toThrow(`${DOORS_FILE} is damaged`);
  });
});
