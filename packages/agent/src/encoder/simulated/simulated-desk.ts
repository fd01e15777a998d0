import { type CardKey, type Chip, contentOf, imageOf, type Mac, type Reading, type Serial } from '@keyrack/protocol';
import type { Clock } from '../../clock.ts';
import type { CardBox } from './card-box.ts';
import { contentOnCard, dumpCard, isAsSold } from './card-inspection.ts';
import { factoryCard, type SimulatedCard, type Tear, type TearMode } from './card-memory.ts';
import { preparedCard } from './prepared-card.ts';
import type { EncoderTiming } from './simulated-connection.ts';
import { createSimulatedEncoder, type SimulatedEncoder } from './simulated-encoder.ts';

/** A command that can't be carried out as given; the message says why, for the person who gave it. */
export class DeskError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeskError';
  }
}

export interface CardSummary {
  readonly serial: Serial;
  readonly chip: Chip;
  /** The encoder that it lies on. */
  readonly encoder: Mac | null;
  /** What the plastic holds, seen without keys. */
  readonly content: Reading;
  /** Nothing was ever written to it. */
  readonly isNew: boolean;
  readonly tear: Readonly<Tear> | null;
}

export interface EncoderSummary {
  readonly mac: Mac;
  readonly name: string;
  /** The card that lies there. */
  readonly card: Serial | null;
}

/**
 * A front desk with simulated encoders and the cards in its drawer: what a person at the desk could do, as functions.
 * Every encoder argument may be left out when there is one encoder alone. All throw DeskError.
 */
export interface SimulatedDesk {
  readonly encoders: readonly SimulatedEncoder[];
  readonly box: CardBox;
  /** Adds a card as it comes from the chip's maker. */
  add(serial: Serial, chip: Chip): CardSummary;
  /** Puts a card down, from wherever it lies. With `chip`, makes a new one if there is none of that serial. */
  place(serial: Serial, on?: { encoder?: Mac | undefined; chip?: Chip | undefined }): CardSummary;
  /** Takes a card away and answers its serial; null when none lay there. */
  remove(encoder?: Mac): Serial | null;
  /** Makes the card leave the field at its `writes`-th block write from now (1: the next). */
  tear(serial: Serial, writes: number, mode: TearMode): CardSummary;
  /** Copies what a card holds onto another chip, as a thief would. The copy opens nothing: its UID is another. */
  copy(serial: Serial, onto: Serial): CardSummary;
  list(): { encoders: EncoderSummary[]; cards: CardSummary[] };
  show(serial: Serial, keys?: readonly CardKey[]): { card: CardSummary; dump: string };
  /** Closes every encoder. */
  close(): Promise<void>;
}

export interface SimulatedDeskOptions {
  readonly encoders: readonly { mac: Mac; name: string }[];
  readonly box: CardBox;
  readonly clock: Clock;
  readonly timing?: EncoderTiming;
}

export function createSimulatedDesk({ encoders: wanted, box, clock, timing }: SimulatedDeskOptions): SimulatedDesk {
  const encoders = wanted.map((one) => createSimulatedEncoder({ ...one, box, clock, ...(timing && { timing }) }));

  function encoderOf(mac: Mac | undefined): SimulatedEncoder {
    const [only] = encoders;
    if (mac === undefined && only && encoders.length === 1) return only;
    const found = encoders.find((encoder) => encoder.mac === mac);
    if (found) return found;
    const known = encoders.map((encoder) => encoder.mac).join(', ');
    throw new DeskError(mac ? `no simulated encoder ${mac}; there is ${known || 'none'}` : `which encoder? ${known}`);
  }

  function cardOf(serial: Serial): SimulatedCard {
    const card = box.card(serial);
    if (!card) throw new DeskError(`there is no card ${serial}`);
    return card;
  }

  function add(serial: Serial, chip: Chip): SimulatedCard {
    if (box.card(serial)) throw new DeskError(`there is a card ${serial} already`);
    const card = factoryCard(serial, chip);
    box.keep(card);
    return card;
  }

  function lift(card: SimulatedCard): void {
    if (card.lyingOn === null) return;
    const encoder = encoders.find(({ mac }) => mac === card.lyingOn);
    if (encoder) {
      encoder.remove();
    } else {
      // It lies on an encoder that this desk no longer has.
      card.lyingOn = null;
      box.keep(card);
    }
  }

  return {
    encoders,
    box,
    add: (serial, chip) => summaryOf(add(serial, chip)),
    place: (serial, { encoder: mac, chip } = {}) => {
      const encoder = encoderOf(mac);
      const known = box.card(serial);
      if (!known && chip === undefined) throw new DeskError(`there is no card ${serial}; name a chip to make one`);
      if (known && chip !== undefined && chip !== known.chip) throw new DeskError(`card ${serial} is a ${known.chip}`);
      const card = known ?? add(serial, chip as Chip);
      lift(card);
      encoder.place(serial);
      return summaryOf(card);
    },
    remove: (mac) => {
      const encoder = encoderOf(mac);
      const card = encoder.card();
      encoder.remove();
      return card?.serial ?? null;
    },
    tear: (serial, writes, mode) => {
      if (!Number.isSafeInteger(writes) || writes < 1) throw new DeskError('a card tears at its first write or later');
      const card = cardOf(serial);
      card.tear = { writes, mode };
      return summaryOf(card);
    },
    copy: (serial, onto) => {
      const { chip, content } = summaryOf(cardOf(serial));
      if (content === 'unreadable') throw new DeskError(`card ${serial} can't be read`);
      if (box.card(onto)) throw new DeskError(`there is a card ${onto} already`);
      const copy = preparedCard(onto, chip, contentOf('factory', imageOf(content)));
      box.keep(copy);
      return summaryOf(copy);
    },
    list: () => ({
      encoders: encoders.map(({ mac, name, card }) => ({ mac, name, card: card()?.serial ?? null })),
      cards: Array.from(box.cards(), (card) => summaryOf(card)),
    }),
    show: (serial, keys) => {
      const card = cardOf(serial);
      return { card: summaryOf(card, keys), dump: dumpCard(card) };
    },
    close: async () => {
      await Promise.all(encoders.map((encoder) => encoder.close()));
    },
  };
}

function summaryOf(card: SimulatedCard, keys?: readonly CardKey[]): CardSummary {
  const { serial, chip, lyingOn } = card;
  return {
    serial,
    chip,
    encoder: lyingOn,
    content: contentOnCard(card, keys),
    isNew: isAsSold(card),
    tear: card.tear && { ...card.tear },
  };
}
