import type { Clock, Timer } from '../../clock.ts';

/**
 * Whether an empty field can be believed. A reader that was just powered finds the card on it a moment later, and says
 * until then that nothing lies there.
 */
export interface ReaderWaking {
  isAwake(): boolean;
  /** The reader is there, and begins to look at its field. */
  powered(): void;
  /** It found a card: that card's going will be seen. */
  cardFound(): void;
  away(): void;
}

/** @param onAwake called when it has been powered for `ms` and found no card until then */
export function readerWaking(clock: Clock, ms: number, onAwake: () => void): ReaderWaking {
  let awake = false;
  let timer: Timer | null = null;
  const become = (next: boolean) => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
    awake = next;
  };
  return {
    isAwake: () => awake,
    powered() {
      become(false);
      timer = clock.setTimeout(() => {
        become(true);
        onAwake();
      }, ms);
    },
    cardFound: () => become(true),
    away: () => become(false),
  };
}
