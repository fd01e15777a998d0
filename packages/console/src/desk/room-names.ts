import { sharedWords } from './shared-words.ts';

interface NamedBuilding {
  readonly name: string;
  readonly floors: readonly {
    readonly name: string;
    readonly rooms: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** What rooms are called, by their ids. */
export interface RoomNames {
  /** On the rack, where the building is told above it. */
  readonly label: ReadonlyMap<string, string>;
  /** In a list of many: as short as it is nobody else's. */
  readonly short: ReadonlyMap<string, string>;
  /** In a sentence: as people gave it, and with its building where another room is called so. */
  readonly full: ReadonlyMap<string, string>;
}

/** The names of all rooms of a house. A number alone never stands for two rooms. */
export function roomNames(buildings: readonly NamedBuilding[]): RoomNames {
  const label = new Map<string, string>();
  const choices = new Map<string, readonly string[]>();
  for (const building of buildings) {
    const shared = sharedWords(building.floors.flatMap(({ rooms }) => rooms.map(({ name }) => name)));
    for (const floor of building.floors)
      for (const { id, name } of floor.rooms) {
        label.set(id, name.slice(shared.length));
        choices.set(id, [name, `${building.name} ${name}`, `${building.name} ${floor.name} ${name}`]);
      }
  }
  const withLabel = [...choices].map(([id, names]) => [id, [label.get(id) ?? '', ...names]] as const);
  return { label, short: firstOfTheirOwn(withLabel), full: firstOfTheirOwn([...choices]) };
}

/** Of each room's names, the first one that no other room has in the same place. */
function firstOfTheirOwn(choices: readonly (readonly [string, readonly string[]])[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>();
  const keyOf = (name: string, place: number) => `${place} ${name}`;
  for (const [, names] of choices)
    for (const [place, name] of names.entries()) {
      const key = keyOf(name, place);
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  return new Map(
    choices.map(([id, names]) => {
      const own = names.find((name, place) => uses.get(keyOf(name, place)) === 1);
      return [id, own ?? names.at(-1) ?? ''];
    }),
  );
}
