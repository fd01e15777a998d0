import { BLANK, type CardContent, type CardKey, type Chip } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { isCardError } from '../card-error.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import { TEAR_MODES, type TearMode } from '../simulated/card-memory.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { CHIPS, codeOf, KEY, keyedContent, lying, OLD_KEY, SERIAL } from '../testing/one-card.ts';
import { readContent, writeContent } from './content-layout.ts';

const KEYS = [KEY, OLD_KEY];

interface Change {
  readonly name: string;
  readonly from: CardContent;
  /** The key that `from` is locked with. */
  readonly under?: CardKey;
  readonly target: CardContent;
  /** Block writes that it takes: on a Classic, and on chips with pages. */
  readonly writes: { readonly classic: number; readonly pages: number };
}

const CHANGES: readonly Change[] = [
  { name: 'an issue', from: BLANK, target: keyedContent(), writes: { classic: 4, pages: 16 } },
  { name: 'an erase', from: keyedContent(), under: KEY, target: BLANK, writes: { classic: 4, pages: 16 } },
  {
    name: 'a change under the same key',
    from: keyedContent(),
    under: KEY,
    target: keyedContent(9),
    writes: { classic: 3, pages: 12 },
  },
  {
    name: 'a change of keys',
    from: keyedContent(),
    under: OLD_KEY,
    target: keyedContent(9),
    writes: { classic: 4, pages: 17 },
  },
];

const writesOf = ({ writes }: Change, chip: Chip) => (chip === 'classic-1k' ? writes.classic : writes.pages);

describe.each(CHIPS)('a %s', (chip) => {
  test.each(CHANGES)('takes as many block writes as expected for $name', async (change) => {
    const { encoder, card } = lying(preparedCard(SERIAL, chip, change.from, change.under));
    card.tear = { writes: 1_000, mode: 'old' };
    await writeContent(await encoder.connect(), change.from, change.target, KEYS);
    expect(1_000 - card.tear.writes).toBe(writesOf(change, chip));
  });

  describe.each(CHANGES)('torn in $name', (change) => {
    test.each(TEAR_MODES)('stays readable and erasable when the torn block is %s', async (mode) => {
      for (let at = 1; at <= writesOf(change, chip); at += 1) {
        const { encoder, card } = lying(preparedCard(SERIAL, chip, change.from, change.under));
        const connection = await encoder.connect();
        card.tear = { writes: at, mode };
        expect(await codeOf(writeContent(connection, change.from, change.target, KEYS))).toBe('card-gone');
        expect(encoder.card()).toBeNull();
        expect(connection.isAlive()).toBe(false);

        encoder.place(SERIAL);
        const again = await encoder.connect();
        const { content } = await readContent(again, KEYS);
        expect(content).toBe(contentOnCard(card, KEYS));
        if (content === 'unreadable') {
          expect({ chip, at, mode }).toSatisfy(isTornTrailer);
          continue;
        }
        if (at === writesOf(change, chip) && mode === 'new') expect(content).toBe(change.target);
        if (at === 1 && mode === 'old') expect(content).toBe(change.from);
        await writeContent(again, content, BLANK, KEYS);
        expect((await readContent(again, KEYS)).content).toBe(BLANK);
        await writeContent(again, BLANK, change.from, KEYS);
        expect((await readContent(again, KEYS)).content).toBe(change.from);
      }
    });

    test.each(TEAR_MODES)('reads as what it is or not at all, %s and disturbed while it is read', async (mode) => {
      for (let at = 1; at <= writesOf(change, chip); at += 1) {
        const torn = lying(preparedCard(SERIAL, chip, change.from, change.under));
        torn.card.tear = { writes: at, mode };
        await codeOf(writeContent(await torn.encoder.connect(), change.from, change.target, KEYS));
        const holds = contentOnCard(torn.card, KEYS);
        for (let disturbed = 1; disturbed <= 12; disturbed += 1) {
          const { encoder } = lying({ ...torn.card });
          const connection = await encoder.connect();
          encoder.fail('read-failed', disturbed);
          const found = await readContent(connection, KEYS).catch((error: unknown) => error);
          if (!isCardError(found, 'read-failed'))
            expect(found, `torn at ${at}, disturbed at ${disturbed}`).toMatchObject({ content: holds });
        }
      }
    });
  });
});

test.each(CHIPS.filter((chip) => chip !== 'classic-1k'))(
  'a %s guards nothing while its password changes',
  async (chip) => {
    for (const mode of TEAR_MODES) {
      for (const at of [13, 14, 15]) {
        const { encoder, card } = lying(preparedCard(SERIAL, chip, BLANK));
        card.tear = { writes: at, mode };
        await codeOf(writeContent(await encoder.connect(), BLANK, keyedContent(), KEYS));
        expect(contentOnCard(card)).toMatch(/^factory:/);
      }
    }
  },
);

/** The one write that can shut a card for ever: half a trailer, whose access bits no longer match their complement. */
function isTornTrailer({ chip, at, mode }: { chip: Chip; at: number; mode: TearMode }): boolean {
  return chip === 'classic-1k' && at === 4 && (mode === 'first-half' || mode === 'second-half');
}
