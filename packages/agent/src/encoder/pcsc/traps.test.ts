import type { Serial } from '@keyrack/protocol';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { CLASSIC_FACTORY_KEY, CLASSIC_TRAILER_BLOCK, FACTORY_PASSWORD, FIRST_PAGE } from '../chip-geometry.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { codeOf, KEY, keyedContent, MAC, SERIAL } from '../testing/one-card.ts';
import { listReaders } from './list-readers.ts';
import { openPcsc } from './native/reader-process.ts';
import { OTHER_READER, pcscWorldOfTheGroup, READER, until } from './testing/pcsc-world.ts';
import { describePcscd } from './testing/pcscd.ts';
import { ACR122U, BY_THE_BOOK, OMNIKEY_5022 } from './testing/reader-models.ts';

const OTHER_SERIAL = '04FFEEDDCCBBAA' as Serial;
const BLOCK = new Uint8Array(16).fill(0xab);

describePcscd('a real reader', () => {
  const group = pcscWorldOfTheGroup();

  const classic = (serial: Serial = SERIAL) => factoryCard(serial, 'classic-1k');

  /** A new Classic on the reader, its sector 1 open. */
  async function openSector(model = BY_THE_BOOK) {
    const connection = await group.world.openClassic(classic(), model);
    await connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', CLASSIC_FACTORY_KEY);
    return connection;
  }

  /** As often as it takes: on a slow computer the service may tell only now that the card was away before. */
  const openAgain = (encoder = group.world.encoder) =>
    until('the card is open', () => encoder.connect().catch(() => null));

  describe('whose card leaves', () => {
    test('while a command is under way, gave no answer: the connection is over', async () => {
      const connection = await openSector();
      group.world.reader.script('gone-before');
      expect(await codeOf(connection.readBlock(4))).toBe('card-gone');
      expect(connection.isAlive()).toBe(false);
      expect(await codeOf(connection.readBlock(4))).toBe('card-gone');
      await group.world.emptied();
      expect(await codeOf(group.world.encoder.connect())).toBe('no-card');
    });

    test('when a block is written and not confirmed, keeps the block', async () => {
      const connection = await openSector();
      const card = group.world.reader.card();
      group.world.reader.script('gone-after');
      expect(await codeOf(connection.writeBlock(4, BLOCK))).toBe('card-gone');
      expect(card?.memory.subarray(64, 80)).toEqual(BLOCK);
    });

    test('in the middle of a block is torn there', async () => {
      const connection = await openSector();
      const card = group.world.reader.card();
      if (card !== null) card.tear = { writes: 1, mode: 'first-half' };
      expect(await codeOf(connection.writeBlock(4, BLOCK))).toBe('card-gone');
      expect(card?.memory.subarray(64, 80)).toEqual(Uint8Array.of(...BLOCK.subarray(0, 8), 0, 0, 0, 0, 0, 0, 0, 0));
    });

    test('between two commands and comes back is another presence', async () => {
      const connection = await openSector();
      const card = classic();
      group.world.reader.remove();
      expect(await codeOf(connection.readBlock(4))).toBe('card-gone');
      await group.world.place(card);
      expect(connection.isAlive()).toBe(false);
      expect(await codeOf(connection.reselect())).toBe('card-gone');
      const again = await openAgain();
      expect(again.isAlive()).toBe(true);
      await again.close();
    });
  });

  describe('whose card is swapped before the reader is seen empty', () => {
    test.each([
      ['for another', OTHER_SERIAL],
      ['for itself, lifted and laid down', SERIAL],
    ])('%s: the old connection reaches neither with a command nor with a reset', async (_how, serial) => {
      for (const reach of ['read', 'reset'] as const) {
        const connection = await openSector();
        const seenBefore = group.world.seen.length;
        group.world.reader.place(classic(serial));
        const call = reach === 'read' ? connection.readBlock(4) : connection.reselect();
        expect(await codeOf(call), reach).toBe('card-gone');
        expect(connection.isAlive()).toBe(false);
        await until('the other card is seen', () => group.world.seen.slice(seenBefore).includes(serial));
        // A slow computer also sees the field empty between the two, which is told besides.
        const seen = group.world.seen.slice(seenBefore);
        expect(seen.filter((each, at) => at === 0 || each !== seen[at - 1])).toEqual([null, serial]);
        await group.world.lift();
      }
    });

    test('while nobody looks: the next connection is to the other card, and says so', async () => {
      await group.world.place(classic());
      group.world.reader.place(classic(OTHER_SERIAL));
      const connection = await openAgain();
      expect(connection.serial).toBe(OTHER_SERIAL);
      expect(group.world.encoder.card()?.serial).toBe(OTHER_SERIAL);
      await connection.close();
    });
  });

  describe('that never answers', () => {
    test.each(['hang', 'empty-answer'] as const)(
      '(%s) is given up in time, and works again afterwards',
      async (how) => {
        const connection = await openSector();
        onTestFinished(() => group.world.otherReader.close());
        group.world.otherReader.place(classic(OTHER_SERIAL));
        group.world.reader.script(how);
        const asked = performance.now();
        expect(await codeOf(connection.readBlock(4))).toBe('reader-hung');
        expect(performance.now() - asked).toBeLessThan(9_000);
        expect(connection.isAlive()).toBe(false);
        expect(await codeOf(group.world.encoder.connect()), 'nothing waits behind it').toBe('reader-hung');
        await connection.close();
        const other = await openAgain(group.world.otherEncoder);
        expect(other.isAlive(), 'the other reader works').toBe(true);
        await other.close();

        await group.world.lift();
        await group.world.place(classic());
        const again = await openAgain();
        expect(again.serial).toBe(SERIAL);
        await again.close();
      },
    );
  });

  describe('whose answers are', () => {
    test('garbled is asked again, with the sector opened anew', async () => {
      const connection = await openSector();
      group.world.reader.script('garbled');
      expect(await connection.readBlock(4)).toEqual(new Uint8Array(16));
      await connection.close();
    });

    test('a single byte is a reader whose card is gone', async () => {
      const connection = await openSector();
      group.world.reader.script('short-answer');
      expect(await codeOf(connection.readBlock(4))).toBe('card-gone');
    });

    test('lost after a write leaves open what stands there', async () => {
      const connection = await openSector();
      group.world.reader.script('answer-lost');
      expect(await codeOf(connection.writeBlock(4, BLOCK))).toBe('write-failed');
      expect(connection.isAlive(), 'the card is still there').toBe(true);
      expect(group.world.reader.card()?.memory.subarray(64, 80)).toEqual(BLOCK);
      await connection.close();
    });

    test('lost after a password does not have it given again: cards count wrong ones', async () => {
      const connection = await group.world.openPages(factoryCard(SERIAL, 'ntag-213'));
      const passwords = () => group.world.reader.sent('1bffffffff').length;
      group.world.reader.script('garbled');
      expect(await codeOf(connection.passwordAuthenticate(FACTORY_PASSWORD))).toBe('authentication-failed');
      expect(passwords()).toBe(1);
      await connection.close();
    });
  });

  describe.each([
    ['a reader that tells refusals', BY_THE_BOOK],
    ['a reader that says "failed" to everything', ACR122U],
  ])('with %s, a card', (_name, model) => {
    test('that refuses a key says nothing more until it is selected again', async () => {
      const connection = await group.world.openClassic(classic(), model);
      const wrong = connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', new Uint8Array(6));
      expect(await codeOf(wrong)).toBe('authentication-failed');
      expect(await codeOf(connection.readBlock(4))).toBe('read-failed');
      await connection.reselect();
      await connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', CLASSIC_FACTORY_KEY);
      expect(await connection.readBlock(4)).toEqual(new Uint8Array(16));
      await connection.close();
    });

    test('that refuses a write is as it was', async () => {
      const card = preparedCard(SERIAL, 'ntag-213', keyedContent(), KEY);
      const before = card.memory.slice();
      const connection = await group.world.openPages(card, model);
      const refused = connection.writePage(FIRST_PAGE, Uint8Array.of(1, 2, 3, 4));
      expect(await codeOf(refused)).toBe(model === BY_THE_BOOK ? 'write-protected' : 'write-failed');
      expect(card.memory).toEqual(before);
      await connection.close();
    });
  });

  describe('that keeps keys', () => {
    test('for good only is given them so', async () => {
      const connection = await openSector(OMNIKEY_5022);
      expect(await connection.readBlock(4)).toEqual(new Uint8Array(16));
      await connection.close();
    });

    test('not at all says nothing about the card', async () => {
      const connection = await group.world.openClassic(classic(), { ...BY_THE_BOOK, keyPlace: () => null });
      const asked = connection.authenticate(CLASSIC_TRAILER_BLOCK, 'A', CLASSIC_FACTORY_KEY);
      await expect(asked).rejects.toMatchObject({
        code: 'reader-unfit',
        message: expect.stringContaining('takes no keys'),
      });
    });
  });

  describe('on which lies', () => {
    test('a card of another system has no card for us, and says why', async () => {
      group.world.reader.placeForeign(new Uint8Array(Buffer.from('3b8180018080', 'hex')));
      await until('it is said', () => group.world.log.find((line) => line.includes('cannot be used')));
      expect(group.world.encoder.card()).toBeNull();
      await expect(group.world.encoder.connect()).rejects.toMatchObject({
        code: 'no-card',
        message: expect.stringContaining('a bank card'),
      });
      expect(group.world.reader.sent(), 'it was asked nothing').toEqual([]);
      await group.world.emptied();
    });

    test('a chip to which it hands no commands on, says so', async () => {
      group.world.reader.place(factoryCard(SERIAL, 'ntag-213'), { ...BY_THE_BOOK, pageCommands: 'none' });
      await until('it is said', () => group.world.log.find((line) => line.includes('hands no commands on')));
      expect(group.world.encoder.card()).toBeNull();
      await group.world.emptied();
    });
  });

  test('that another program holds is busy, and free again when that lets go', async () => {
    await group.world.place(classic());
    const port = await openPcsc();
    const service = port.start({ ready: () => {}, changed: () => {}, gone: () => {}, failed: () => {} });
    const theirs = await until('they have it', () => service.connect(READER).catch(() => null));
    expect(await codeOf(group.world.encoder.connect())).toBe('reader-busy');
    await theirs.disconnect(false);
    await port.close();
    const connection = await group.world.encoder.connect();
    expect(connection.isAlive()).toBe(true);
    await connection.close();
  });

  test('is listed with its MAC while an agent uses it, and its card is left alone', async () => {
    const connection = await openSector();
    const settings = { named: [{ mac: MAC, reader: READER }], forSignedIn: null };
    expect(await listReaders(settings, 'a desk', systemClock)).toEqual({
      service: 'running',
      readers: [
        { reader: READER, name: READER, mac: MAC, hasCard: true },
        { reader: OTHER_READER, name: OTHER_READER, mac: null, hasCard: false },
      ],
      whyNone: null,
      heldByKernel: null,
    });
    expect(await connection.readBlock(4)).toEqual(new Uint8Array(16));
    await connection.close();
  });

  test('has one connection at a time: the next one ends the one before', async () => {
    const first = await openSector();
    const second = await group.world.encoder.connect();
    expect(first.isAlive()).toBe(false);
    expect(await codeOf((first as never as typeof second).reselect())).toBe('card-gone');
    expect(second.isAlive()).toBe(true);
    await second.close();
  });

  test('whose pcscd is killed is gone for whoever had a card open, and back with pcscd', async () => {
    const connection = await openSector();
    await group.pcscd.kill();
    expect(await codeOf(connection.readBlock(4))).toBe('reader-gone');
    expect(await codeOf(group.world.encoder.connect())).toBe('reader-gone');
    expect(group.world.encoder.card()).toBeNull();
    expect(group.world.readerSet.encoders(), 'a restart takes no encoder off the list').toHaveLength(2);
    const list = await listReaders({ named: [], forSignedIn: null }, 'a desk', systemClock);
    expect(list).toMatchObject({ service: 'not-running', message: expect.stringMatching(/start (it|SCardSvr)/) });

    group.pcscd.start();
    await until('the card is seen again', () => group.world.encoder.card());
    expect(await codeOf(connection.reselect()), 'the old connection is over').toBe('reader-gone');
    const again = await openAgain();
    expect(again.serial).toBe(SERIAL);
    await again.close();
  });

  test('whose pcscd is killed with a command under way ends that command', async () => {
    const connection = await openSector();
    group.world.reader.script('hang');
    const asked = codeOf(connection.readBlock(4));
    await until('the command is under way', () => group.world.reader.hangs());
    await group.pcscd.kill();
    expect(['reader-gone', 'card-gone']).toContain(await asked);
    group.world.reader.remove();
    group.pcscd.start();
    await group.world.place(classic());
  });
});
