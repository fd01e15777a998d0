import { InvalidArgumentError } from 'commander';

/** How people name a room at the terminal. */
export interface RoomNumbers {
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
}

export function parseRoom(text: string): RoomNumbers {
  const [buildingNo, floorNo, roomNo, ...rest] = text.split('/');
  if (!buildingNo || !floorNo || !roomNo || rest.length > 0)
    throw new InvalidArgumentError('Name the room as BUILDING/FLOOR/ROOM.');
  if (![buildingNo, floorNo, roomNo].every((number) => /^[0-9A-Za-z]{1,20}$/.test(number)))
    throw new InvalidArgumentError('Each of its numbers is 1 to 20 letters and digits.');
  return { buildingNo, floorNo, roomNo };
}
