/** What becomes of an item that is looked at: it has its turn, it stays for later, or it is over and leaves. */
export type Turn = 'now' | 'later' | 'over';

/** A bounded queue with a lane for each way in. Lanes take turns, so that a flood in one holds up no other. */
export interface FairLanes<Item> {
  /**
   * Puts an item at the end of its lane. Where that is too many, answers the one that must go: the newest of the
   * longest lane, or the item itself if its own would be as long.
   */
  add(lane: string, item: Item): Item | null;
  /** Takes out the first item whose turn is now, from the lane whose turn is next; that lane is then the last. */
  next(turnOf: (item: Item) => Turn): Item | null;
  /** Takes out every item for which this is true. */
  removeAll(which: (item: Item) => boolean): void;
  size(): number;
}

/** `most`: items in all lanes together. */
export function createFairLanes<Item>(most: number): FairLanes<Item> {
  /** None is empty; the one whose turn is next stands in front. */
  const lanes = new Map<string, Item[]>();
  let size = 0;

  const put = (name: string, items: Item[]) => {
    size += items.length - (lanes.get(name)?.length ?? 0);
    if (items.length === 0) lanes.delete(name);
    else lanes.set(name, items);
  };
  const longest = (): [name: string, items: Item[]] =>
    [...lanes].reduce((first, second) => (second[1].length > first[1].length ? second : first), ['', []]);

  return {
    add(name, item) {
      const lane = lanes.get(name) ?? [];
      if (size < most) {
        put(name, [...lane, item]);
        return null;
      }
      const [other, items] = longest();
      if (items.length <= lane.length + 1) return item;
      put(name, [...lane, item]);
      put(other, items.slice(0, -1));
      return items.at(-1) as Item;
    },
    next(turnOf) {
      for (const [name, lane] of lanes) {
        const staying: Item[] = [];
        for (const [i, item] of lane.entries()) {
          const turn = turnOf(item);
          if (turn === 'later') staying.push(item);
          if (turn !== 'now') continue;
          put(name, []);
          put(name, [...staying, ...lane.slice(i + 1)]);
          return item;
        }
        put(name, staying);
      }
      return null;
    },
    removeAll(which) {
      for (const [name, lane] of lanes)
        put(
          name,
          lane.filter((item) => !which(item)),
        );
    },
    size: () => size,
  };
}
