import type { Mac, Serial, UnusableReason } from '@keyrack/protocol';
import { type Clock, sleep } from '../../clock.ts';
import { CardError, type CardErrorCode } from '../card-error.ts';
import type { Encoder, PresentCard } from '../encoder.ts';
import type { CardBox } from './card-box.ts';
import {
  type EncoderTiming,
  type OpenConnection,
  openSimulatedConnection,
  type Presence,
  REALISTIC_TIMING,
} from './simulated-connection.ts';

/**
 * An encoder made of memory, for demonstrations and for anybody's tests: it behaves as a real one towards the
 * agent, and takes a script from the other side, which is what this interface adds.
 *
 *     const box = memoryCardBox([factoryCard(serial, 'ntag-213')]);
 *     const encoder = createSimulatedEncoder({ mac, name: 'Desk', box, clock, timing: NO_TIME });
 *     encoder.place(serial);                     // a guest puts the card down
 *     box.card(serial).tear = { writes: 3, mode: 'first-half' };   // and snatches it away during the third write
 *     encoder.fail('reader-hung');               // the next exchange finds a dead USB cable
 *     contentOnCard(box.card(serial));           // what the plastic holds, without asking the agent
 *
 * It uses no time and no randomness but those of the clock it is given. `createSimulatedDesk` puts several together.
 */
export interface SimulatedEncoder extends Encoder {
  /**
   * Puts a card of the box down. What lay there is taken away first, and a card that lies there already is lifted
   * and placed anew. Throws an Error when the box has no such card or it lies on another encoder.
   */
  place(serial: Serial): void;
  /** Takes the card away, in the middle of whatever is going on. Does nothing when none lies there. */
  remove(): void;
  /**
   * Makes one exchange fail with that code: the `at`-th from now, 1 (unless told) being the next. An exchange is a
   * `connect`, or a call of a connection other than `close`. The card is left as it is.
   */
  fail(code: CardErrorCode, at?: number): void;
  /**
   * Makes it say that nothing can be done there for that reason, as if a phone lay there or another program held it; null
   * ends that. A card that lies there isn't seen meanwhile.
   */
  makeUnusable(reason: UnusableReason | null): void;
  /** Has a card refuse the `at`-th block write from now, 1 being the next, and stay as it is; null ends that. */
  refuseWrite(at: number | null): void;
}

export interface SimulatedEncoderOptions {
  readonly mac: Mac;
  readonly name: string;
  /** The card that it says lies on this encoder lies there from the start. */
  readonly box: CardBox;
  readonly clock: Clock;
  /** REALISTIC_TIMING unless told. */
  readonly timing?: EncoderTiming;
}

export function createSimulatedEncoder(options: SimulatedEncoderOptions): SimulatedEncoder {
  const { mac, name, box, clock, timing = REALISTIC_TIMING } = options;
  const listeners = new Set<(card: PresentCard | null) => void>();
  /** Scripted faults by the number of the exchange that they befall. */
  const faults = new Map<number, CardErrorCode>();
  let exchanges = 0;
  let presence: Presence | null = null;
  let open: OpenConnection | null = null;
  let closed = false;
  let unusable: UnusableReason | null = null;
  /** How many block writes it is until one is refused; null for never. */
  let refusedAt: number | null = null;
  const unusableListeners = new Set<() => void>();

  for (const card of box.cards()) {
    if (card.lyingOn === mac) presence = { card, over: null };
  }

  const present = (): PresentCard | null =>
    unusable === null && presence !== null ? { serial: presence.card.serial, chip: presence.card.chip } : null;

  function tellListeners(): void {
    const card = present();
    for (const listener of [...listeners]) listener(card);
  }

  function takeFault(): CardErrorCode | null {
    exchanges += 1;
    const fault = faults.get(exchanges);
    faults.delete(exchanges);
    return fault ?? null;
  }

  function endOpen(): void {
    open?.end();
    open = null;
  }

  function remove(): void {
    if (presence === null || closed) return;
    const { card } = presence;
    presence.over = 'card-gone';
    presence = null;
    endOpen();
    card.lyingOn = null;
    box.keep(card);
    tellListeners();
  }

  return {
    mac,
    name,
    card: present,
    isFieldEmpty: () => !closed && presence === null && unusable === null,
    unusable: () => (closed ? null : unusable),
    onUnusable: (listener) => {
      unusableListeners.add(listener);
      return () => unusableListeners.delete(listener);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: async () => {
      if (closed) throw new CardError('encoder-closed');
      endOpen();
      const found = presence;
      if (found === null || unusable !== null) throw new CardError('no-card');
      if (timing.connectMs > 0) await sleep(clock, timing.connectMs);
      const fault = takeFault();
      if (fault !== null) throw new CardError(fault);
      if (found.over !== null) throw new CardError(found.over);
      endOpen();
      const opened = openSimulatedConnection({
        presence: found,
        box,
        clock,
        timing,
        takeFault,
        refusesWrite: () => {
          if (refusedAt === null) return false;
          refusedAt -= 1;
          if (refusedAt > 0) return false;
          refusedAt = null;
          return true;
        },
        tornAway: () => {
          if (presence === found) remove();
        },
        ended: () => {
          if (open === opened) open = null;
        },
      });
      open = opened;
      return opened.connection;
    },
    close: async () => {
      closed = true;
      listeners.clear();
      unusableListeners.clear();
      endOpen();
      if (presence) presence.over = 'encoder-closed';
      presence = null;
    },
    place: (serial) => {
      if (closed) throw new Error(`encoder ${mac} is closed`);
      const card = box.card(serial);
      if (card === undefined) throw new Error(`there is no card ${serial}`);
      if (card.lyingOn !== null && card.lyingOn !== mac) throw new Error(`card ${serial} lies on ${card.lyingOn}`);
      remove();
      card.lyingOn = mac;
      box.keep(card);
      presence = { card, over: null };
      tellListeners();
    },
    remove,
    fail: (code, at = 1) => {
      faults.set(exchanges + at, code);
    },
    refuseWrite: (at) => {
      refusedAt = at;
    },
    makeUnusable: (reason) => {
      if (closed || reason === unusable) return;
      const lay = presence !== null && (reason === null) !== (unusable === null);
      if (reason !== null && presence !== null) endOpen();
      unusable = reason;
      for (const listener of [...unusableListeners]) listener();
      if (lay) tellListeners();
    },
  };
}
