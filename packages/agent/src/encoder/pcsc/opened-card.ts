import type { Serial } from '@keyrack/protocol';
import { isCardError } from '../card-error.ts';
import type { CardConnection } from '../encoder.ts';
import type { Answer } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import { serialOn } from './identify-card.ts';

/** What connections to both families of chips share: one card, awake or halted, behind a channel. */
export interface OpenedCard {
  /** What every connection to a card owes (`encoder.ts`). */
  readonly base: Pick<CardConnection, 'serial' | 'isAlive' | 'reselect' | 'close'>;
  /** True after a refusal, until the card is woken: readers differ in whether the chip is asleep then. */
  halted: boolean;
  /** One command of a connection (`encoder.ts`): all that it takes ends within the time that the desk gives it. */
  command<T>(task: () => Promise<T>): Promise<T>;
  /**
   * Asks until the answer is clear, a few times at most and while there is time for another. In between the card is woken,
   * which proves that it is still there, and `restore` brings it back to where it was; false when it can't.
   */
  persist(exchange: () => Promise<Answer>, restore: () => Promise<boolean>, how: Persistence): Promise<Answer>;
  /** Activates the card anew. @throws CardError card-gone when it isn't the same any more, and as `CardChannel.ask` */
  wake(): Promise<void>;
}

export interface Persistence {
  readonly tries: number;
  /**
   * Whether a refusal is believed at once. A chip that says no by silence is asked again, whatever its reader makes of it.
   */
  readonly believesNo: boolean;
}

export interface OpenedCardParts {
  readonly channel: CardChannel;
  readonly serial: Serial;
  /** Called when the card was activated anew, and knows of nothing. */
  readonly woken: () => Promise<void>;
  /** Called before the card is activated anew, or let go. */
  readonly leave: () => Promise<void>;
  /** Called before the card is let go in good order. */
  readonly letGo: () => Promise<void>;
}

export function openedCard({ channel, serial, woken, leave, letGo }: OpenedCardParts): OpenedCard {
  /** Nothing was asked of the card since it was activated anew. */
  let fresh = false;

  async function expectCard(): Promise<void> {
    if ((await serialOn(channel)) !== serial) throw channel.end('card-gone');
  }

  async function wake(): Promise<void> {
    await leave();
    // Expect the card before the reset as well. A reset would succeed on another card that took its place unnoticed, or
    // on the same card laid there anew. Any other command to such a card fails.
    await expectCard();
    await channel.reset();
    await expectCard();
    await woken();
    fresh = true;
  }

  const card: OpenedCard = {
    halted: false,
    wake,
    command: (task) =>
      channel.inTime(() => {
        fresh = false;
        return task();
      }),
    persist: async (exchange, restore, { tries, believesNo }) => {
      for (let tried = 1; ; tried += 1) {
        const began = channel.timeLeft();
        fresh = false;
        const answer = await exchange();
        const isClear = answer.type === 'done' || (answer.type === 'refused' && believesNo);
        if (isClear || (answer.type === 'refused' && tried >= tries)) return answer;
        await wake();
        // Another round takes as long as this one, and on a slow reader there may be no time for it.
        const enough = channel.timeLeft() >= began - channel.timeLeft();
        if (tried >= tries || !enough || !(await restore())) return answer;
      }
    },
    base: {
      serial,
      isAlive: () => channel.over() === null,
      reselect: () =>
        channel.inTime(async () => {
          // A card that was woken and not asked anything since needn't be woken again.
          if (!fresh || channel.over() !== null) await wake();
          card.halted = false;
        }),
      close: async () => {
        if (channel.over() === null) {
          await leave()
            .then(letGo)
            .catch((error: unknown) => {
              if (!isCardError(error)) throw error;
            });
        }
        await channel.close(true);
      },
    },
  };
  return card;
}
