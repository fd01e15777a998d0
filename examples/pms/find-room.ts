import type { components, Keyrack } from '@keyrack/sdk';

/** The room with that number. A property may have it in several buildings; a PMS would keep the ids of rooms. */
export async function findRoom(
  keyrack: Keyrack,
  property: string,
  number: string,
): Promise<components['schemas']['Room']> {
  for await (const room of keyrack.rooms.list({ property, limit: 200 })) if (room.number === number) return room;
  console.error(`There is no room ${number}.`);
  process.exit(1);
}
