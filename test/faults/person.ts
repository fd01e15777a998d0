import { setTimeout as wait } from 'node:timers/promises';
import { ControlError, controlClient, type TearMode } from '@keyrack/agent';
import type { Mac } from '@keyrack/protocol';
import type { FrontDesk, PropertyCard } from './property.ts';

/** Somebody at a front desk who handles cards. What the desk's program doesn't hear, being dead, is done a little later. */
export interface Person {
  place(card: PropertyCard, encoder: Mac): Promise<boolean>;
  remove(encoder: Mac): Promise<boolean>;
  /** Snatches the card away in the middle of its `writes`-th block write from now. */
  tear(card: PropertyCard, writes: number, mode: TearMode): Promise<boolean>;
}

const TRIES = 40;
const PAUSE_MS = 100;

export function personAt(desk: FrontDesk): Person {
  const control = controlClient(desk.folder);
  const insist = async (act: () => Promise<unknown>): Promise<boolean> => {
    for (let i = 0; i < TRIES; i += 1) {
      try {
        await act();
        return true;
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        await wait(PAUSE_MS);
      }
    }
    return false;
  };
  return {
    place: (card, encoder) => insist(() => control.place(card.serial, { encoder, chip: card.chip })),
    remove: (encoder) => insist(() => control.remove(encoder)),
    tear: (card, writes, mode) => insist(() => control.tear(card.serial, writes, mode)),
  };
}
