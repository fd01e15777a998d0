import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mac } from '@keyrack/protocol';
import { serialOf } from '@keyrack/server/demo/published.ts';
import { openBrowser } from '../browser/testing/chromium.ts';
import { makeTemplate } from '../world/template.ts';
import { CONSOLE_PAGES, visitor } from './testing/console-pages.ts';
import { SIZES } from './testing/console-window.ts';
import { openConsole } from './testing/open-console.ts';

// Part of `npm run screenshots`: pictures of every page of the console, at a desk and on a phone, light and dark, in English, and in
// Chinese where words alone differ. Look at each of them. The best ones go into docs/images, the others into data/screenshots.

const ALL = fileURLToPath(new URL('../../data/screenshots/', import.meta.url));
const BEST = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** Pictures that documents show, and what they are called there. */
const SHOWN: Readonly<Record<string, string>> = {
  'desk-desk-light-english': 'console-desk',
  'desk-desk-dark-chinese': 'console-desk-chinese',
  'desk-phone-light-english': 'console-desk-phone',
  'room-desk-light-english': 'console-room',
  'operations-desk-light-english': 'console-operations',
  'dashboard-desk-dark-english': 'console-dashboard',
  'house-desk-light-english': 'console-house',
  'members-desk-light-english': 'console-members',
};

mkdirSync(ALL, { recursive: true });
const template = await makeTemplate();
const browser = await openBrowser();
const house = await openConsole(template, browser);
try {
  await liven();
  for (const language of ['english', 'chinese'] as const) {
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
      for (const theme of ['light', 'dark'] as const) {
        // The words differ, and the colours don't.
        if (language === 'chinese' && (size === 'desk') === (theme === 'light')) continue;
        const visit = visitor(house, { size, theme, language, timeZone: 'Asia/Shanghai' });
        for (const page of CONSOLE_PAGES) {
          const name = `${page.name}-${size}-${theme}-${language}`;
          const window = await visit(page);
          await window.page.screenshot({ path: join(ALL, `${name}.png`) });
          const shown = SHOWN[name];
          if (shown !== undefined) copyFileSync(join(ALL, `${name}.png`), join(BEST, `${shown}.png`));
        }
      }
    }
  }
} finally {
  await house.close();
  await browser.close();
  template.remove();
}

/** Some work of a morning, so that there is something to see: cards made for guests, one cancelled, and one that nobody laid down. */
async function liven(): Promise<void> {
  const { v1, number: property, desk } = house;
  const { buildings } = await v1.call('getKeyRack', { property });
  const rooms = buildings.flatMap(({ floors }) => floors.flatMap((floor) => floor.rooms));
  const [encoder] = await v1.encoders.list({ property }).toArray();
  if (encoder === undefined || desk === null) throw new Error('there is no encoder to work at');
  await house.property.cancel();
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const guests = [
    ['林悦', 2],
    ['Ana Souza', 1],
    ['Ada Okafor', 0.3],
  ] as const;
  const empty = rooms.filter(({ cards }) => cards === 0);
  for (const [index, [name, stay]] of guests.entries()) {
    const room = empty[index * 3]?.id ?? '';
    desk.cards.place(serialOf(`04C0FFEE00000${index}`), { encoder: mac.parse(encoder.mac), chip: 'classic-1k' });
    await v1.carryOut({
      ...{ property, kind: 'issue', mode: 'new', room, encoder: encoder.id },
      ...{ validUntil: days(stay), holder: { name } },
    });
    desk.cards.remove(mac.parse(encoder.mac));
  }
}
