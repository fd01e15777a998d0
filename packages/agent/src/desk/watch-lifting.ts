import type { Serial } from '@keyrack/protocol';
import type { Encoder } from '../encoder/index.ts';

/**
 * Watches whether the card that this agent wrote last at an encoder was lifted since. Until the server hears so, it
 * issues that card to no further guest (docs/room-card-api.md, "Open outcomes, repeats and waits").
 */
export interface LiftingWatch {
  /** A write to this card begins: forget what was seen before. */
  written(serial: Serial): void;
  /** Looks whether the field is empty. True when this look is the first that shows it. */
  look(): boolean;
  /** A card came or went there. True when this is the first sight that shows it. */
  changed(): boolean;
  /** A card was opened there. True when this is the first sight that shows that the other one was lifted. */
  opened(serial: Serial): boolean;
  isLifted(): boolean;
}

/** Sights of another serial that prove a lifting. A single one may be a reading garbled on the air. */
const SIGHTS = 2;

export function watchLifting(encoder: Pick<Encoder, 'card' | 'isFieldEmpty'>): LiftingWatch {
  /** The card written last. Null after a start: then only an empty field proves a lifting. */
  let last: Serial | null = null;
  let others = 0;
  let lifted = false;

  const sawCard = (serial: Serial): boolean => {
    if (lifted || last === null) return false;
    others = serial === last ? 0 : others + 1;
    lifted = others >= SIGHTS;
    return lifted;
  };
  const look = (): boolean => {
    if (lifted || !encoder.isFieldEmpty()) return false;
    lifted = true;
    return true;
  };
  return {
    written(serial) {
      last = serial;
      others = 0;
      lifted = false;
    },
    look,
    changed() {
      if (look()) return true;
      const card = encoder.card();
      return card !== null && sawCard(card.serial);
    },
    opened: sawCard,
    isLifted: () => lifted,
  };
}
