import type { Serial } from '@keyrack/protocol';
import type { Page } from 'playwright-core';
import type { ConsoleWindow, WindowOptions } from './console-window.ts';
import type { ConsoleHouse } from './open-console.ts';

/** A receptionist at a room's panel, with the first encoder chosen, and their hands at that encoder. */
export interface RoomAtDesk {
  readonly page: Page;
  readonly window: ConsoleWindow;
  readonly roomId: string;
  /** Lays a card down: one of these tests' own, blank unless it is there already. */
  put(serial: string): Promise<void>;
  take(): Promise<void>;
  /** The next write to that card is cut off, as if somebody pulled it away. */
  tear(serial: string): Promise<void>;
  /** Resolves when the page says that, in its one place for news or anywhere else. */
  sees(text: string | RegExp): Promise<void>;
  /** Whom the room's cards are for, and until when, as the server has it. */
  cards(): ReturnType<ConsoleHouse['v1']['rooms']['getCards']>;
}

/** Presses Enter in the form of a room as soon as it says what that will do: until then nothing is issued, since nobody has seen it. */
export async function issueByEnter(page: Page): Promise<void> {
  await page.locator('button[type=submit][aria-disabled=false]').waitFor();
  await page.getByLabel('Holder').press('Enter');
}

/** Opens the panel of a room by the end of its name. */
export async function openRoom(
  house: ConsoleHouse,
  name: string,
  how: WindowOptions & { readonly role?: 'receptionist' | 'administrator' } = {},
): Promise<RoomAtDesk> {
  const { v1, number: property, desk } = house;
  if (desk === null) throw new Error('the house has no front desk');
  const rooms = await v1.rooms.list({ property }).toArray();
  const room = rooms.find((each) => each.name.endsWith(name));
  const [encoder] = await v1.encoders.list({ property }).toArray();
  if (room === undefined || encoder === undefined) throw new Error(`there is no room ${name}, or no encoder`);
  const window = await house.openAs(how.role ?? 'receptionist', '/assets/none', how);
  const { page } = window;
  const kept = `keyrack-encoder-${house.property.hotel.property.id}`;
  await window.context.addInitScript(`localStorage.setItem(${JSON.stringify(kept)}, '${encoder.id}')`);
  await page.goto(`/desk/rooms/${room.id}`);
  const mac = encoder.mac as Parameters<typeof desk.hands.remove>[0];
  const isThere = new Set((await desk.hands.list()).cards.map(({ serial }) => String(serial)));
  const add = async (serial: string) => {
    if (!isThere.has(serial)) await desk.hands.add(serial as Serial, 'ntag-215');
    isThere.add(serial);
  };
  const take = async () => {
    await desk.hands.remove(mac).catch(() => null);
  };
  await take();
  return {
    page,
    window,
    roomId: room.id,
    async put(serial) {
      await add(serial);
      await take();
      await desk.hands.place(serial as Serial, { encoder: mac });
    },
    take,
    async tear(serial) {
      await add(serial);
      await desk.hands.tear(serial as Serial, 3, 'first-half');
    },
    async sees(text) {
      try {
        await page.getByText(text).first().waitFor();
      } catch (error) {
        const shown = await page.locator('aside, main').last().innerText();
        throw new Error(`the page doesn't say ${text}, but:\n${shown}`, { cause: error });
      }
    },
    cards: () => v1.rooms.getCards({ property, room: room.id }),
  };
}
