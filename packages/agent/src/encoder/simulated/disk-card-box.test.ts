import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLANK, type Serial } from '@keyrack/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { CHIPS, codeOf, KEY, keyedContent, MAC } from '../testing/one-card.ts';
import { contentOnCard } from './card-inspection.ts';
import { diskCardBox, UnusableCardFile } from './disk-card-box.ts';
import { preparedCard } from './prepared-card.ts';
import { NO_TIME } from './simulated-connection.ts';
import { createSimulatedEncoder } from './simulated-encoder.ts';

const SERIAL = '4567' as Serial;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyrack-cards-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const encoderOver = (box: ReturnType<typeof diskCardBox>) =>
  createSimulatedEncoder({ mac: MAC, name: 'Desk', box, clock: systemClock, timing: NO_TIME });

describe('cards on disk', () => {
  test.each(CHIPS)('a %s outlives its process, and so does where it lies', async (chip) => {
    const box = diskCardBox(folder);
    box.keep(preparedCard(SERIAL, chip, BLANK));
    const encoder = encoderOver(box);
    encoder.place(SERIAL);
    await writeContent(await encoder.connect(), BLANK, keyedContent(), [KEY]);

    const again = diskCardBox(folder);
    expect(Array.from(again.cards())).toEqual(Array.from(box.cards()));
    const found = encoderOver(again);
    expect(found.card()).toEqual({ serial: SERIAL, chip });
    expect((await readContent(await found.connect(), [KEY])).content).toBe(keyedContent());
    expect(readdirSync(folder)).toEqual(['4567.json']);
  });

  test('hold after each block write exactly the blocks written so far', async () => {
    const box = diskCardBox(folder);
    const card = preparedCard(SERIAL, 'ntag-213', BLANK);
    box.keep(card);
    const encoder = encoderOver(box);
    for (let writes = 1; writes <= 16; writes += 1) {
      encoder.place(SERIAL);
      card.tear = { writes, mode: 'new' };
      const connection = await encoder.connect();
      const { content } = await readContent(connection, [KEY]);
      if (content === 'unreadable') throw new Error('a torn card is readable');
      expect(await codeOf(writeContent(connection, content, keyedContent(writes), [KEY]))).toBe('card-gone');
      expect(diskCardBox(folder).card(SERIAL)?.memory).toEqual(card.memory);
      expect(diskCardBox(folder).card(SERIAL)?.lyingOn).toBeNull();
    }
    expect(contentOnCard(card)).toBe(keyedContent(16));
  });

  test('survive a new file that was never finished', () => {
    diskCardBox(folder).keep(preparedCard(SERIAL, 'classic-1k', BLANK));
    writeFileSync(join(folder, '4567.json.new'), '{"version":1,"ser');
    expect(diskCardBox(folder).card(SERIAL)?.chip).toBe('classic-1k');
    expect(readdirSync(folder)).toEqual(['4567.json']);
  });

  test.each([
    ['is cut short', (text: string) => text.slice(0, 40)],
    ['has a chip that there is none', (text: string) => text.replace('classic-1k', 'classic-9k')],
    ['has too little memory', (text: string) => text.replace('"memory":"4567', '"memory":"45')],
    ["is another card's", (text: string) => text.replace('"serial":"4567"', '"serial":"4568"')],
  ])('are reported with their file when it %s', (_, damage) => {
    diskCardBox(folder).keep(preparedCard(SERIAL, 'classic-1k', BLANK));
    const file = join(folder, '4567.json');
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect(() => diskCardBox(folder)).toThrow(UnusableCardFile);
    expect(() => diskCardBox(folder)).toThrow(file);
  });
});
