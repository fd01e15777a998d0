import { type CardBox, memoryCardBox } from '@keyrack/agent/encoder/simulated/card-box.ts';
import { contentOnCard } from '@keyrack/agent/encoder/simulated/card-inspection.ts';
import type { SimulatedCard } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import type { SimulatedEncoder } from '@keyrack/agent/encoder/simulated/simulated-encoder.ts';
import type { CardKey, Mac, Reading, Serial } from '@keyrack/protocol';

/** The cards, and where they lie: what hands do to them, whatever computers are up. */
export interface Plastic {
  /** What encoders keep their cards in. */
  readonly box: CardBox;
  contentOf(serial: Serial): Reading;
  lyingOn(serial: Serial): Mac | null;
  cardOn(mac: Mac): Serial | null;
  place(serial: Serial, mac: Mac): void;
  remove(mac: Mac): void;
  /** The encoder that drives that place now; null while no agent runs there. */
  drive(mac: Mac, encoder: SimulatedEncoder | null): void;
}

export interface PlasticParts {
  readonly cards: readonly SimulatedCard[];
  readonly keysOf: (serial: Serial) => readonly CardKey[];
  /** Bytes of a card have changed. */
  readonly changed: (serial: Serial, mac: Mac, content: Reading) => void;
  /** A card was taken from that encoder. */
  readonly taken: (mac: Mac, serial: Serial) => void;
  /** A card was laid on it. */
  readonly placed: (mac: Mac, serial: Serial) => void;
}

export function layOutPlastic({ cards, keysOf, changed, taken, placed }: PlasticParts): Plastic {
  const kept = memoryCardBox(cards);
  const drivers = new Map<Mac, SimulatedEncoder>();
  const seen = new Map<Serial, Uint8Array>(cards.map((card) => [card.serial, card.memory.slice()]));
  const contents = new Map<Serial, Reading>();
  const places = new Map<Serial, Mac | null>();

  const notePlace = ({ serial, lyingOn }: SimulatedCard) => {
    const before = places.get(serial) ?? null;
    places.set(serial, lyingOn);
    if (before !== null) taken(before, serial);
    if (lyingOn !== null) placed(lyingOn, serial);
  };
  const card = (serial: Serial): SimulatedCard => {
    const found = kept.card(serial);
    if (found === undefined) throw new Error(`there is no card ${serial}`);
    return found;
  };
  const contentOf = (serial: Serial): Reading => {
    const content = contents.get(serial) ?? contentOnCard(card(serial), keysOf(serial));
    contents.set(serial, content);
    return content;
  };
  const cardOn = (mac: Mac): Serial | null => {
    for (const { serial, lyingOn } of kept.cards()) if (lyingOn === mac) return serial;
    return null;
  };
  const remove = (mac: Mac) => {
    const driver = drivers.get(mac);
    const serial = cardOn(mac);
    if (driver !== undefined) return driver.remove();
    if (serial === null) return;
    card(serial).lyingOn = null;
    notePlace(card(serial));
  };

  return {
    box: {
      ...kept,
      keep(written) {
        kept.keep(written);
        if (places.get(written.serial) !== written.lyingOn) notePlace(written);
        const before = seen.get(written.serial);
        if (before !== undefined && Buffer.compare(before, written.memory) === 0) return;
        seen.set(written.serial, written.memory.slice());
        contents.delete(written.serial);
        changed(written.serial, written.lyingOn as Mac, contentOf(written.serial));
      },
    },
    contentOf,
    cardOn,
    lyingOn: (serial) => card(serial).lyingOn,
    place(serial, mac) {
      const before = card(serial).lyingOn;
      if (before !== null) remove(before);
      remove(mac);
      const driver = drivers.get(mac);
      if (driver !== undefined) return driver.place(serial);
      card(serial).lyingOn = mac;
      notePlace(card(serial));
    },
    remove,
    drive(mac, encoder) {
      if (encoder === null) drivers.delete(mac);
      else drivers.set(mac, encoder);
    },
  };
}
