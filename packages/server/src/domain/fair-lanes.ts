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
  /** None is empty; the one whose turn is next stands in front. Changed in place: a lane may have thousands. */
  const lanes = new Map<string, Item[]>();
  let size = 0;

  /** Lets `change` have a lane, and counts what it leaves. */
  const changing = <Result>(name: string, lane: Item[], change: (lane: Item[]) => Result): Result => {
    const before = lane.length;
    const result = change(lane);
    size += lane.length - before;
    if (lane.length === 0) lanes.delete(name);
    else if (!lanes.has(name)) lanes.set(name, lane);
    return result;
  };
  const longest = (): [name: string, items: Item[]] =>
    [...lanes].reduce((first, second) => (second[1].length > first[1].length ? second : first), ['', []]);

  return {
    add(name, item) {
      const lane = lanes.get(name) ?? [];
      const [other, items] = size < most ? ['', null] : longest();
      if (items !== null && items.length <= lane.length + 1) return item;
      const gone = items === null ? null : changing(other, items, (full) => full.pop() as Item);
      changing(name, lane, (open) => open.push(item));
      return gone;
    },
    next(turnOf) {
      for (const [name, lane] of lanes) {
        const found = changing(name, lane, (open) => takeNext(open, turnOf));
        if (found === null) continue;
        // It is the last from now on.
        if (lanes.delete(name)) lanes.set(name, lane);
        return found;
      }
      return null;
    },
    removeAll(which) {
      for (const [name, lane] of lanes)
        changing(name, lane, (open) => open.splice(0, open.length, ...open.filter((item) => !which(item))));
    },
    size: () => size,
  };
}

/** Takes out the first item whose turn is now, and what is over before it. */
function takeNext<Item>(lane: Item[], turnOf: (item: Item) => Turn): Item | null {
  const staying: Item[] = [];
  for (const [at, item] of lane.entries()) {
    const turn = turnOf(item);
    if (turn === 'later') staying.push(item);
    if (turn !== 'now') continue;
    lane.splice(0, at + 1, ...staying);
    return item;
  }
  lane.splice(0, lane.length, ...staying);
  return null;
}
