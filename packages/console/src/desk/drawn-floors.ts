import type { RackPlaces } from './rack-store.ts';

/** Rooms that are drawn in one go: a screen has more, and a slow computer takes some ten milliseconds for them. */
const ROOMS_OF_A_FRAME = 120;

/** The floors of a rack that are drawn by now, from its top. */
export interface ShownPlaces {
  readonly places: RackPlaces;
  readonly isWhole: boolean;
}

/** How many rooms are drawn next, where so many are. */
export function drawMore(rooms: number): number {
  return rooms + ROOMS_OF_A_FRAME;
}

/** As many floors as make up so many rooms. What holds no room has no place on a rack. */
export function shownPlaces(places: RackPlaces, rooms: number): ShownPlaces {
  let left = rooms;
  let isWhole = true;
  const buildings = places.flatMap((building) => {
    const floors = building.floors.filter((floor) => {
      if (floor.rooms.length === 0) return false;
      if (left <= 0) {
        isWhole = false;
        return false;
      }
      left -= floor.rooms.length;
      return true;
    });
    return floors.length === 0 ? [] : [{ ...building, floors }];
  });
  return { places: buildings, isWhole };
}
