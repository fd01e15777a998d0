import type { Member } from '@keyrack/server/domain/people.ts';
import type { Property } from '@keyrack/server/domain/places.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { sessionRow } from '@keyrack/server/testing/rest-world.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { v7 as uuidv7 } from 'uuid';
import type { ConsoleWindow, WindowOptions } from './console-window.ts';
import { type History, houseWithHistory, STAFF } from './house-with-history.ts';
import type { ConsoleHouse } from './open-console.ts';

export const GARDEN_INN: Property = {
  id: '019ac000-0000-7000-8000-0000000000c1',
  number: 'G1',
  name: 'Garden Inn',
  timeZone: 'Asia/Shanghai',
  cardKeys: [],
  checkOutTime: '12:00',
};

export interface GardenInn {
  /** A window of one of its staff, who is signed in there and nowhere else. */
  openAs(role: keyof typeof STAFF, path: string, options?: WindowOptions): Promise<ConsoleWindow>;
}

/** A second house at this server that has worked for long. It has no front desk that is connected. */
export async function openGardenInn(
  house: ConsoleHouse,
  {
    operations,
    days,
    change = (row) => row,
  }: Pick<History, 'operations' | 'days'> & { readonly change?: (row: TableRow) => TableRow },
): Promise<GardenInn> {
  let rows: TableRow[] = [];
  for (const row of houseWithHistory({ property: GARDEN_INN, operations, days, now: Date.now() - 60_000 })) {
    rows.push(change(row));
    if (rows.length < 2_000) continue;
    await house.property.put(...rows);
    rows = [];
  }
  await house.property.put(...rows);
  return {
    async openAs(role, path, options) {
      const memberId: Member['id'] = STAFF[role];
      const token = drawToken('session');
      const of = { kind: 'member', propertyId: GARDEN_INN.id, memberId } as const;
      await house.property.put(sessionRow(token, of, { id: uuidv7() }));
      const window = await house.open('/sign-in', options);
      await window.context.addCookies([
        { name: 'keyrack', value: token, url: house.url, httpOnly: true, sameSite: 'Strict' },
      ]);
      await window.page.goto(path);
      return window;
    },
  };
}
