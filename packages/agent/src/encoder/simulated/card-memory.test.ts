import { describe, expect, test } from 'vitest';
import type { ClassicConnection, PageConnection } from '../encoder.ts';
import { codeOf, freshCard, KEY, keyedContent, lying, SERIAL } from '../testing/one-card.ts';
import { preparedCard } from './prepared-card.ts';

const FACTORY = new Uint8Array(6).fill(0xff);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

async function classic() {
  const world = freshCard('classic-1k');
  return { ...world, connection: (await world.encoder.connect()) as ClassicConnection };
}

async function ntag() {
  const world = freshCard('ntag-213');
  return { ...world, connection: (await world.encoder.connect()) as PageConnection };
}

describe('a MIFARE Classic', () => {
  test('shows its UID in block 0, which nobody may write', async () => {
    const { connection } = await classic();
    await connection.authenticate(0, 'A', FACTORY);
    expect(hex(await connection.readBlock(0))).toBe(`${SERIAL.toLowerCase()}000000000000000000`);
    expect(await codeOf(connection.writeBlock(0, new Uint8Array(16)))).toBe('write-protected');
  });

  test('opens one sector at a time', async () => {
    const { connection } = await classic();
    await connection.authenticate(4, 'A', FACTORY);
    await connection.readBlock(6);
    expect(await codeOf(connection.readBlock(8))).toBe('read-failed');
  });

  test('never shows key A, and key B only while it is data', async () => {
    const { connection } = await classic();
    await connection.authenticate(7, 'A', FACTORY);
    expect(hex(await connection.readBlock(7))).toBe('000000000000ff078069ffffffffffff');

    const keyed = lying(preparedCard(SERIAL, 'classic-1k', keyedContent(), KEY));
    const locked = (await keyed.encoder.connect()) as ClassicConnection;
    await locked.authenticate(7, 'B', bytes('66778899aabb'));
    expect(hex(await locked.readBlock(7))).toBe('00000000000078778869000000000000');
  });

  test('grants nothing to a key B that can be read', async () => {
    const { connection } = await classic();
    await connection.authenticate(4, 'B', FACTORY);
    expect(await codeOf(connection.readBlock(4))).toBe('read-failed');
  });

  test('lets key A of a keyed card read and key B write', async () => {
    const { encoder } = lying(preparedCard(SERIAL, 'classic-1k', keyedContent(), KEY));
    const connection = (await encoder.connect()) as ClassicConnection;
    await connection.authenticate(4, 'A', bytes('001122334455'));
    await connection.readBlock(4);
    expect(await codeOf(connection.writeBlock(4, new Uint8Array(16)))).toBe('write-protected');
    await connection.reselect();
    await connection.authenticate(4, 'A', bytes('001122334455'));
    expect(await codeOf(connection.writeBlock(7, new Uint8Array(16)))).toBe('write-protected');
    await connection.reselect();
    await connection.authenticate(4, 'B', bytes('66778899aabb'));
    await connection.writeBlock(4, new Uint8Array(16));
    expect(hex(await connection.readBlock(4))).toBe('00'.repeat(16));
  });

  test('halts after a wrong key until it is selected anew', async () => {
    const { connection } = await classic();
    expect(await codeOf(connection.authenticate(4, 'A', new Uint8Array(6)))).toBe('authentication-failed');
    expect(await codeOf(connection.authenticate(4, 'A', FACTORY))).toBe('authentication-failed');
    expect(connection.isAlive()).toBe(true);
    await connection.reselect();
    await connection.authenticate(4, 'A', FACTORY);
    await connection.readBlock(4);
  });

  test('shuts a sector whose access bits contradict themselves', async () => {
    const { connection } = await classic();
    await connection.authenticate(4, 'A', FACTORY);
    await connection.writeBlock(7, bytes('ffffffffffff ff078169 ffffffffffff'));
    await connection.reselect();
    expect(await codeOf(connection.authenticate(4, 'A', FACTORY))).toBe('authentication-failed');
    await connection.reselect();
    await connection.authenticate(8, 'A', FACTORY);
  });

  test('changes only what the trailer lets that key change', async () => {
    const { connection, card } = await classic();
    await connection.authenticate(4, 'A', FACTORY);
    // Trailer 000: key A may change the keys, nobody the access bits any more.
    await connection.writeBlock(7, bytes('ffffffffffff ff0f0069 ffffffffffff'));
    await connection.reselect();
    await connection.authenticate(4, 'A', FACTORY);
    await connection.writeBlock(7, bytes('010203040506 78778869 111111111111'));
    expect(hex(card.memory.subarray(7 * 16, 8 * 16))).toBe('010203040506ff0f0069111111111111');
  });
});

describe('a chip with pages', () => {
  test('shows its UID with check bytes, which nobody may write', async () => {
    const { connection } = await ntag();
    expect(hex(await connection.readPages(0))).toBe('04a1b29fc3d4e5f60448000' + '0e1101200');
    expect(await codeOf(connection.writePage(0, new Uint8Array(4)))).toBe('write-protected');
    await connection.reselect();
    expect(await codeOf(connection.writePage(45, new Uint8Array(4)))).toBe('write-protected');
    await connection.reselect();
    expect(await codeOf(connection.readPages(45))).toBe('read-failed');
  });

  test('goes on with page 0 after the last, and hides password and acknowledge', async () => {
    const { connection } = await ntag();
    expect(hex(await connection.readPages(0x2b))).toBe('000000000000000004a1b29fc3d4e5f6');
    expect(hex(await connection.readPages(0x29))).toBe('040000ff000500000000000000000000');
  });

  test('guards writing alone, or reading too, from AUTH0 on', async () => {
    const { connection } = await ntag();
    await connection.writePage(0x2b, bytes('01020304'));
    await connection.writePage(0x2c, bytes('0a0b0000'));
    await connection.writePage(0x29, bytes('04000006'));
    await connection.readPages(6);
    await connection.writePage(5, bytes('05050505'));
    expect(await codeOf(connection.writePage(6, bytes('06060606')))).toBe('write-protected');
    await connection.reselect();
    expect(await codeOf(connection.passwordAuthenticate(bytes('01020305')))).toBe('authentication-failed');
    expect(await codeOf(connection.readPages(4))).toBe('read-failed');
    await connection.reselect();
    expect(hex(await connection.passwordAuthenticate(bytes('01020304')))).toBe('0a0b');
    await connection.writePage(0x2a, bytes('80050000'));
    await connection.writePage(6, bytes('06060606'));
    await connection.reselect();
    // Page 5 is the last one shown, so page 0 follows.
    expect(hex(await connection.readPages(5))).toMatch(/^0505050504a1b29f/);
    expect(await codeOf(connection.readPages(6))).toBe('read-failed');
  });

  test('refuses a locked page, and never takes a lock bit back', async () => {
    const { connection, card } = await ntag();
    await connection.writePage(2, bytes('ffff1001')); // pages 4 and 8
    expect(hex(card.memory.subarray(8, 12))).toBe('04481001');
    await connection.writePage(2, bytes('00000000'));
    expect(hex(card.memory.subarray(8, 12))).toBe('04481001');
    await connection.writePage(5, bytes('05050505'));
    for (const page of [4, 8]) {
      expect(await codeOf(connection.writePage(page, bytes('05050505')))).toBe('write-protected');
      await connection.reselect();
    }
    await connection.writePage(2, bytes('00000200')); // no more lock bits for pages 4 to 9
    await connection.writePage(2, bytes('0000f0ff'));
    expect(hex(card.memory.subarray(8, 12))).toBe('044812fd');
  });

  test('only ever sets bits of its capability container', async () => {
    const { connection } = await ntag();
    await connection.writePage(3, bytes('00000080'));
    expect(hex(await connection.readPages(3))).toMatch(/^e1101280/);
  });
});
