import type { Mac, UnusableReason } from '@keyrack/protocol';
import type { Clock, Timer } from '../../clock.ts';
import type { AgentLog } from '../../log.ts';
import { CardError, type CardErrorCode, isCardError } from '../card-error.ts';
import type { CardConnection, Encoder, PresentCard } from '../encoder.ts';
import { reasonOfFailure } from '../reason-of-failure.ts';
import { type CardChannel, openChannel } from './card-channel.ts';
import { type RefusedCard, refusalByAtr } from './card-kind.ts';
import { classicConnection } from './classic-connection.ts';
import { type IdentifiedCard, identifyCard, type ReaderHabits, unknownHabits } from './identify-card.ts';
import { overwriteLeftKey } from './key-loader.ts';
import { pageConnection } from './page-connection.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscService, ReaderState } from './pcsc-port.ts';
import { readerWaking } from './reader-waking.ts';
import { repeatedTrouble } from './repeated-trouble.ts';

/** The encoder that one reader is. It outlives its reader, and the PC/SC service: without them no card lies there. */
export interface ReaderEncoder extends Encoder {
  /** The reader is there, by that name of this service's. */
  attach(service: PcscService, reader: string): void;
  /** What the service says of the reader now. */
  changed(state: ReaderState): void;
  /** The reader was unplugged, or the service is gone. */
  detach(): void;
}

export interface ReaderEncoderParts {
  readonly mac: Mac;
  readonly name: string;
  readonly clock: Clock;
  readonly log: AgentLog;
}

export function createReaderEncoder({ mac, name, clock, log }: ReaderEncoderParts): ReaderEncoder {
  const listeners = new Set<(card: PresentCard | null) => void>();
  let habits: ReaderHabits = unknownHabits('');
  let device: { readonly service: PcscService; readonly reader: string } | null = null;
  /** What the service said last; another object for another presence. Null while there is no reader. */
  let state: ReaderState | null = null;
  let presence: PresentCard | null = null;
  /** Why the card that lies there is none for us, where that won't pass. */
  let refusedCard: RefusedCard | null = null;
  /** Why the last look at what lies there came to nothing, where that may pass. */
  let passing: UnusableReason | null = null;
  const unusableListeners = new Set<() => void>();
  let unusableTold: UnusableReason | null = null;
  /** The channel that was opened last, and the one that a connection uses. */
  let channel: CardChannel | null = null;
  let lent: CardChannel | null = null;
  /** The card of the last channel is being let go. */
  let lettingGo: Promise<void> = Promise.resolve();
  let hung = false;
  let closed = false;
  let again: Timer | null = null;
  let lookWaits = false;
  const looking = repeatedTrouble(clock, withEncoder(log, mac), PCSC_LIMITS.lookAgain);
  const waking = readerWaking(clock, PCSC_LIMITS.wakesMs, announceEmpty);
  /** One thing at a time at the reader. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = turn.then(task);
    turn = result.catch(() => undefined);
    return result;
  }

  function announce(card: PresentCard | null): void {
    if (presence === null && card === null) return;
    if (presence !== null && card !== null) announce(null);
    presence = card;
    for (const listener of [...listeners]) listener(card);
  }

  /** Ends the connection to the card: it was taken away, or may have been exchanged unnoticed. */
  function lose(code: CardErrorCode): void {
    channel?.end(code);
    refusedCard = null;
    announce(null);
  }

  function unusable(): UnusableReason | null {
    if (closed) return null;
    if (device === null) return 'encoder-offline';
    if (hung) return 'encoder-hung';
    if (state?.mute) return 'card-not-answering';
    return presence === null && state?.present ? (refusedCard?.reason ?? passing) : null;
  }

  function tellUnusable(): void {
    const now = unusable();
    if (now === unusableTold) return;
    unusableTold = now;
    for (const listener of [...unusableListeners]) listener();
  }

  /** Somebody who listens may wait for the empty field, whether or not they heard of what lay there. */
  function announceEmpty(): void {
    if (isFieldEmpty()) for (const listener of [...listeners]) listener(null);
  }

  function isFieldEmpty(): boolean {
    return waking.isAwake() && !closed && !hung && device !== null && state !== null && !lies(state);
  }

  async function open(): Promise<CardChannel> {
    // Where the reader hangs, the last card may never be let go.
    if (!hung) await lettingGo;
    if (closed) throw new CardError('encoder-closed');
    if (hung) throw new CardError('reader-hung');
    if (device === null || state === null) throw new CardError('reader-gone');
    const refusal = refusalOfState(state);
    if (!state.present || refusal !== null) throw new CardError('no-card', refusal?.why);
    const asked = state;
    const opened = await openChannel(device.service, device.reader, {
      clock,
      lettingGo: (done) => {
        lettingGo = done;
      },
      hung: onHung,
      failed: (code) => {
        lose(code);
        lookLater();
      },
    });
    if (state !== asked || closed) {
      await opened.close(false);
      throw new CardError(closed ? 'encoder-closed' : 'card-gone');
    }
    channel = opened;
    return opened;
  }

  function onHung(released: Promise<void>): void {
    hung = true;
    tellUnusable();
    log.error({ encoder: mac }, 'the reader does not answer; unplug it and plug it in again');
    void released.then(() => {
      hung = false;
      tellUnusable();
      log.info({ encoder: mac }, 'the reader answers again');
      look();
    });
  }

  /** Finds out what lies there, unless that is known, and tells. */
  function look(): void {
    // A look that waits for its turn will see the newest state. A loose card that comes and goes needs no second one.
    if (lookWaits) return;
    lookWaits = true;
    void inTurn(async () => {
      lookWaits = false;
      if (closed || hung || !state?.present || presence !== null || refusedCard !== null) return;
      const asked = state;
      const refusal = refusalOfState(asked);
      if (refusal !== null) return void refuse(refusal);
      try {
        const opened = await open();
        const card = await identify(opened);
        // Close the page commands: each connection opens them anew, and while they are open the reader looks for no cards.
        if (card !== null && 'pageCommands' in card) await card.pageCommands.close(opened);
        await opened.close(false);
        if (card === null) {
          if (passing !== null) lookLater();
          return;
        }
        looking.right();
        passing = null;
        if (state === asked) announce(presentOf(card));
      } catch (error) {
        if (!isCardError(error)) log.error({ encoder: mac, err: error }, 'looking at a card failed unexpectedly');
        else looking.say({ why: error.message }, `a card could not be looked at (${error.code})`);
        if (state === asked) passing = isCardError(error) ? reasonOfFailure(error.code) : null;
        lookLater();
      } finally {
        tellUnusable();
      }
    });
  }

  function lookLater(): void {
    if (closed) return;
    again ??= clock.setTimeout(() => {
      again = null;
      look();
    }, looking.failed());
  }

  /** Why the card won't do, by what the service knows of it: cards of other systems are never opened, nor asked anything. */
  function refusalOfState({ present, atr }: ReaderState): RefusedCard | null {
    return present && atr.length > 0 ? refusalByAtr(atr) : null;
  }

  function refuse(card: RefusedCard): void {
    refusedCard = card;
    tellUnusable();
    log.warn({ encoder: mac, why: card.why }, 'a card lies there that cannot be used');
  }

  function refuseForNow({ reason, why }: RefusedCard): void {
    passing = reason;
    tellUnusable();
    looking.say({ why }, 'a card lies there that cannot be used; it is looked at again');
  }

  async function identify(opened: CardChannel): Promise<IdentifiedCard | null> {
    const found = await opened.inTime(async () => {
      // The card under which a key was left in the reader may have been taken away too fast.
      await overwriteLeftKey(opened, habits.keys);
      return identifyCard(opened, habits);
    });
    if (found.chip !== null) return found;
    if (found.mayPass) refuseForNow(found);
    else refuse(found);
    return null;
  }

  return {
    mac,
    name,
    card: () => presence,
    isFieldEmpty,
    unusable,
    onUnusable: (listener) => {
      unusableListeners.add(listener);
      return () => unusableListeners.delete(listener);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: () => {
      lent?.end('card-gone');
      return inTurn(async (): Promise<CardConnection> => {
        const opened = await open();
        lent = opened;
        const card = await identify(opened);
        if (card === null) {
          await opened.close(false);
          throw new CardError('no-card', refusedCard?.why);
        }
        // Cards may be swapped between two looks of the service: then only the serial tells.
        if (presence?.serial !== card.serial || presence.chip !== card.chip) announce(presentOf(card));
        if (card.chip === 'classic-1k') return classicConnection(opened, card.serial, habits);
        return pageConnection(opened, card);
      });
    },
    close: async () => {
      closed = true;
      listeners.clear();
      unusableListeners.clear();
      if (again !== null) clock.clearTimeout(again);
      waking.away();
      lose('encoder-closed');
      if (!hung) await lettingGo;
    },
    attach: (service, reader) => {
      device = { service, reader };
      habits = unknownHabits(reader);
      waking.powered();
      tellUnusable();
    },
    changed: (next) => {
      // Flags that say who uses the card change too.
      if (state !== null && isSame(state, next)) return;
      state = next;
      passing = null;
      // From now on its going is seen.
      if (lies(next)) waking.cardFound();
      const known = presence !== null;
      lose('card-gone');
      // A failed exchange may have lost the card before, or nobody could look at it.
      if (!known) announceEmpty();
      looking.right();
      tellUnusable();
      if (next.present) look();
    },
    detach: () => {
      waking.away();
      device = null;
      state = null;
      passing = null;
      lose('reader-gone');
      tellUnusable();
    },
  };
}

function lies({ present, mute }: ReaderState): boolean {
  return present || mute === true;
}

function isSame(one: ReaderState, other: ReaderState): boolean {
  return one.present === other.present && lies(one) === lies(other) && one.events === other.events;
}

/** The log, with the encoder in each line. */
function withEncoder(log: AgentLog, encoder: Mac): AgentLog {
  return {
    info: (fields, message) => log.info({ encoder, ...fields }, message),
    warn: (fields, message) => log.warn({ encoder, ...fields }, message),
    error: (fields, message) => log.error({ encoder, ...fields }, message),
  };
}

function presentOf({ serial, chip }: IdentifiedCard): PresentCard {
  return { serial, chip };
}
