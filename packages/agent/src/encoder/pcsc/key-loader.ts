import { type Answer, loadKey } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import type { KeySlot } from './key-slots.ts';

/** Remembers how a reader takes keys, as long as it is plugged in. */
export interface KeyHabits {
  /** All places that such a reader may have. */
  readonly all: readonly KeySlot[];
  /** The places that the reader hasn't refused; the first is in use. */
  slots: readonly KeySlot[];
  /** A key at the first of them has opened a card: it is right, unless the reader clearly says otherwise. */
  proven: boolean;
  /** A key lies in its lasting memory that is to be overwritten. */
  leftKey: boolean;
}

/** Overwrites our key in a lasting place: the key that all chips are sold with. */
const NOBODYS_KEY = new Uint8Array(6).fill(0xff);

/** Status words by which a reader says at its use that there is no such key: nothing was asked of the card. */
const NO_SUCH_KEY: ReadonlySet<number> = new Set([0x6984, 0x6986, 0x6988]);
/** ACS's readers have no other word for "no" (ACR122U, 5.1; ACR1283L, 5.2), and say it of garbled exchanges too. */
const FAILED = 0x6300;

/** Brings keys into a reader, for one connection to one card. */
export interface KeyLoader {
  /**
   * Loads the key, unless it is there already, and opens with it by `use`, which is told its number. The answer is the
   * card's; `refused` where the reader takes no keys at all.
   */
  open(type: 'A' | 'B', key: Uint8Array, use: (number: number) => Promise<Answer>): Promise<Answer | 'no-keys'>;
  /** The card was activated anew, so the reader may have lost the keys: load them again. */
  forget(): void;
}

export function keyLoader(channel: CardChannel, habits: KeyHabits): KeyLoader {
  /** What this connection loaded last. */
  let loaded: { readonly slot: KeySlot; readonly at: number; readonly key: Uint8Array } | null = null;

  const isLoaded = (slot: KeySlot, type: 'A' | 'B', key: Uint8Array) =>
    loaded?.slot === slot && loaded.at === slot.loadedAt(type) && loaded.key.every((byte, i) => byte === key[i]);

  /** A place that refuses is left for good, unless a key in it has opened a card before and the reader was unclear. */
  function leave(slot: KeySlot, status: number): boolean {
    if ((habits.proven && status === FAILED) || habits.slots[0] !== slot) return false;
    habits.slots = habits.slots.slice(1);
    habits.proven = false;
    return true;
  }

  async function load(slot: KeySlot, type: 'A' | 'B', key: Uint8Array): Promise<Answer> {
    const at = slot.loadedAt(type);
    if (slot.memory !== 0x00) habits.leftKey = true;
    const command = loadKey(slot.memory, at, key);
    const answer = await channel.ask(command);
    // Nothing of this goes over the air, so a "failed" that comes twice is a refusal.
    const last = answer.type === 'unclear' ? await channel.ask(command) : answer;
    if (last.type === 'done') loaded = { slot, at, key: key.slice() };
    return last.type === 'unclear' && last.status === FAILED ? { type: 'refused', status: FAILED } : last;
  }

  return {
    open: async (type, key, use) => {
      for (let [slot] = habits.slots; slot !== undefined; [slot] = habits.slots) {
        if (!isLoaded(slot, type, key)) {
          const taken = await load(slot, type, key);
          if (taken.type === 'refused' && leave(slot, taken.status)) continue;
          if (taken.type !== 'done') return { type: 'unclear', status: taken.status };
        }
        const answer = await use(slot.namedBy);
        if (answer.type === 'done') habits.proven = true;
        else loaded = null;
        if (answer.type === 'refused' && NO_SUCH_KEY.has(answer.status) && !habits.proven && leave(slot, answer.status))
          continue;
        return answer;
      }
      // The next opening asks anew: it may have been another trouble.
      habits.slots = habits.all;
      return 'no-keys';
    },
    forget: () => {
      loaded = null;
    },
  };
}

/** Overwrites the key that was left in a lasting memory. Asks the reader alone: any card will do. Throws like `ask`. */
export async function overwriteLeftKey(channel: CardChannel, habits: KeyHabits): Promise<void> {
  if (!habits.leftKey) return;
  const [slot] = habits.slots;
  if (slot === undefined || slot.memory === 0x00) {
    habits.leftKey = false;
    return;
  }
  const answer = await channel.ask(loadKey(slot.memory, slot.loadedAt('A'), NOBODYS_KEY));
  if (answer.type === 'done') habits.leftKey = false;
}
