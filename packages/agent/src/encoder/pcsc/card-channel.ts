import type { Clock } from '../../clock.ts';
import { CardError, type CardErrorCode } from '../card-error.ts';
import { type Answer, answerOf } from './apdu.ts';
import { cardErrorOf } from './pcsc-failure.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { CardHandle, PcscService } from './pcsc-port.ts';

/**
 * An open card. Adds two things PC/SC lacks: a time limit on each call, and a definite end. After any failure the channel
 * is over, since the handle may reach another card from then on.
 */
export interface CardChannel {
  readonly atr: Uint8Array;
  /** Why it is over; null while it is open. */
  over(): CardErrorCode | null;
  /** @throws CardError card-gone, reader-hung, reader-gone, encoder-closed */
  ask(command: Uint8Array): Promise<Answer>;
  /** Activates the card anew. Throws like `ask`. */
  reset(): Promise<void>;
  /** Carries a command out, whose calls all end within `commandMs`, or count as hung. */
  inTime<T>(command: () => Promise<T>): Promise<T>;
  /** Of the command that is under way, in milliseconds; endless while there is none. */
  timeLeft(): number;
  /** Ends the channel for that reason, and makes the error for whoever finds it ended. */
  end(code: CardErrorCode, message?: string): CardError;
  /**
   * Ends the channel. Resolves when the card is let go, or at once where the reader hangs. Never fails.
   * @param forget whether the card is to forget what it was opened with, so that no other program finds it open
   */
  close(forget: boolean): Promise<void>;
}

export interface ChannelHost {
  readonly clock: Clock;
  /** The channel failed by itself. */
  failed(code: CardErrorCode): void;
  /** A call is overdue; the promise resolves when it ends at last, and the card is let go. */
  hung(released: Promise<void>): void;
  /** The card is being let go: until then nobody can open it. */
  lettingGo(done: Promise<void>): void;
}

/** @throws CardError no-card, card-gone, reader-hung, reader-gone, reader-busy */
export async function openChannel(service: PcscService, reader: string, host: ChannelHost): Promise<CardChannel> {
  const connecting = service.connect(reader);
  const handle = await inTime(connecting, host.clock, PCSC_LIMITS.callMs, () =>
    host.hung(settled(connecting.then((late) => late.disconnect(false)))),
  ).catch((error: unknown) => {
    throw cardErrorOf(error, 'connect');
  });
  const channel = channelOver(handle, host);
  return { ...channel, atr: await channel.call(() => handle.atr()) };
}

type OpenChannel = Omit<CardChannel, 'atr'> & { call<T>(native: () => Promise<T>): Promise<T> };

function channelOver(handle: CardHandle, host: ChannelHost): OpenChannel {
  let over: CardErrorCode | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let released: Promise<void> | null = null;
  let hung = false;
  /** When the command that is under way must have ended. */
  let deadline = Number.POSITIVE_INFINITY;

  const timeLeft = () => deadline - host.clock.monotonic();

  function end(code: CardErrorCode, message?: string): CardError {
    over ??= code;
    // Without a reset: after one that fails, pcscd takes the reader for empty until the next card has come and gone.
    released ??= letGo(false);
    return new CardError(over, message);
  }

  function letGo(reset: boolean): Promise<void> {
    // Never beside a call that is under way.
    const disconnecting = settled(running).then(() => settled(handle.disconnect(reset)));
    const done = hung
      ? disconnecting
      : settled(
          inTime(disconnecting, host.clock, PCSC_LIMITS.callMs, () => {
            hung = true;
            host.hung(disconnecting);
          }),
        );
    host.lettingGo(done);
    return done;
  }

  async function call<T>(native: () => Promise<T>): Promise<T> {
    if (over !== null) throw new CardError(over);
    const calling = native();
    running = calling;
    try {
      return await inTime(calling, host.clock, Math.min(PCSC_LIMITS.callMs, timeLeft()), () => {
        hung = true;
        host.hung(settled(calling).then(() => released ?? undefined));
      });
    } catch (error) {
      if (over !== null) throw new CardError(over);
      const failure = cardErrorOf(error, 'exchange');
      end(failure.code);
      host.failed(failure.code);
      throw failure;
    }
  }

  return {
    call,
    over: () => over,
    timeLeft,
    inTime: async (command) => {
      deadline = host.clock.monotonic() + PCSC_LIMITS.commandMs;
      try {
        return await command();
      } finally {
        deadline = Number.POSITIVE_INFINITY;
      }
    },
    ask: async (command) => {
      const response = await call(async () => {
        const bytes = await handle.transmit(command);
        // A card that left with a command in flight: pcsc-lite calls that a success without a single byte.
        if (bytes.length < 2) throw Object.assign(new Error('no status'), { code: 'RemovedCard' });
        return bytes;
      });
      // It may have been told over while the answer was on its way, and then the answer may be another card's.
      if (over !== null) throw new CardError(over);
      return answerOf(response);
    },
    reset: async () => {
      await call(() => handle.reset());
      if (over !== null) throw new CardError(over);
    },
    end,
    close: async (forget) => {
      over ??= 'card-gone';
      released ??= letGo(forget);
      if (!hung) await released;
    },
  };
}

async function inTime<T>(running: Promise<T>, clock: Clock, ms: number, onLate: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => {
      onLate();
      reject(new CardError('reader-hung'));
    }, ms);
    running.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}

function settled(running: Promise<unknown>): Promise<void> {
  return running.then(
    () => undefined,
    () => undefined,
  );
}
