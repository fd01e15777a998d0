import type { Serial } from '@keyrack/protocol';
import { isCardError } from '../card-error.ts';
import type { CardConnection } from '../encoder.ts';
import type { Answer } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import { serialOn } from './identify-card.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';

/** What connections to both families of chips share: one card, awake or halted, behind a channel. */
export interface OpenedCard {
  /** Every connection's part of the contract. */
  readonly base: Pick<CardConnection, 'serial' | 'isAlive' | 'reselect' | 'close'>;
  /** True after a refusal, until the card is woken: readers differ in whether the chip is asleep then. */
  halted: boolean;
  /**
   * Asks until the answer is a yes or a no, a few times at most. In between the card is woken, which proves that it is
   * still there, and `restore` brings it back to where it was; false when it can't.
   */
  persist(exchange: () => Promise<Answer>, restore: () => Promise<boolean>): Promise<Answer>;
  /** Activates the card anew. @throws CardError card-gone when it isn't the same any more, and as `CardChannel.ask` */
  wake(): Promise<void>;
}

export interface OpenedCardParts {
  readonly channel: CardChannel;
  readonly serial: Serial;
  /** Called when the card was activated anew, and knows of nothing. */
  readonly woken: () => Promise<void>;
  /** Called before the card is activated anew, or let go. */
  readonly leave: () => Promise<void>;
}

export function openedCard({ channel, serial, woken, leave }: OpenedCardParts): OpenedCard {
  async function expectCard(): Promise<void> {
    if ((await serialOn(channel)) !== serial) throw channel.end('card-gone');
  }

  async function wake(): Promise<void> {
    await leave();
    // Asked before too: a reset succeeds on a card that took the place of this one unnoticed, and be it the same one
    // again. Whatever else reaches such a card first, fails.
    await expectCard();
    await channel.reset();
    await expectCard();
    await woken();
  }

  const card: OpenedCard = {
    halted: false,
    wake,
    persist: async (exchange, restore) => {
      for (let tries = 1; ; tries += 1) {
        const answer = await exchange();
        if (answer.type !== 'unclear') return answer;
        await wake();
        if (tries >= PCSC_LIMITS.tries || !(await restore())) return answer;
      }
    },
    base: {
      serial,
      isAlive: () => channel.over() === null,
      reselect: async () => {
        await wake();
        card.halted = false;
      },
      close: async () => {
        if (channel.over() === null) {
          await leave().catch((error: unknown) => {
            if (!isCardError(error)) throw error;
          });
        }
        await channel.close(true);
      },
    },
  };
  return card;
}
