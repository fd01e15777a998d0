import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { expect, test } from 'vitest';
import { CONSOLE_PAGES, visitor } from './testing/console-pages.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import type { ConsoleHouse } from './testing/open-console.ts';

/**
 * Markup, quotes, an emoji, letters from right to left, a mark that turns all behind it round, and a word without an end. The
 * server refuses some of it now; an earlier version, or whoever wrote to the database, may have let it in.
 */
const HOSTILE = `<img src=x onerror="document.title='owned'"> & "q' שלום 🏨 \u202e txt.${'W'.repeat(400)}`;

/** Everything of a house that people name, by table and field. */
const NAMED = [
  ['properties', 'name'],
  ['buildings', 'name'],
  ['floors', 'name'],
  ['rooms', 'name'],
  ['agents', 'name'],
  ['encoders', 'name'],
  ['members', 'name'],
  ['accounts', 'name'],
  ['apiKeys', 'name'],
  ['cardRecords', 'owner'],
] as const satisfies readonly (readonly [TableName, string])[];

/** Names every row of these tables so, in the database itself. */
async function nameEverything({ property }: ConsoleHouse): Promise<string[]> {
  const named: string[] = [];
  for (const [table, field] of NAMED) {
    const rows = property.rows(table) as Rows[TableName][];
    if (rows.length > 0) named.push(table);
    // Things of one kind have names of their own, as people give them.
    const put = rows.map((row, at) => ({ table, row: { ...row, [field]: `${HOSTILE} ${at}` } }) as TableRow);
    await property.put(...put);
  }
  return named;
}

/** What the page shows wider than the window is, and whether a part of a name became a part of the page. */
const SEEN = `({
  title: document.title,
  images: document.querySelectorAll('img[src="x"]').length,
  wider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  widest: [...document.querySelectorAll('#root *')]
    .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((part) => part.tagName + '.' + part.getAttribute('class')),
})`;

describeConsole('names of whatever kind', (open) => {
  test('are shown as what they are on every page: nothing of them runs, turns or stretches what stands beside them', async () => {
    const house = await open();
    await house.v1.apiKeys.create({ name: 'Hotel software', scopes: ['read'], properties: 'all' });
    expect((await nameEverything(house)).length).toBeGreaterThan(6);
    const visit = visitor(house, { language: 'chinese', size: 'phone' });
    const found: string[] = [];
    for (const each of CONSOLE_PAGES.filter(({ as }) => as !== null)) {
      const { page } = await visit(each);
      const seen = (await page.evaluate(SEEN)) as { title: string; images: number; wider: boolean; widest: string[] };
      if (seen.title.includes('owned') || seen.images > 0) found.push(`${each.name}: a name became a part of the page`);
      if (seen.wider) found.push(`${each.name}: wider than the window, by ${seen.widest.join(', ')}`);
      found.push(...(await findBarriers(page)).map((barrier) => `${each.name}: ${barrier}`));
    }
    expect(found).toEqual([]);
  });
});
