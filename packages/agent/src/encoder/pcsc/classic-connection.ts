import type { Serial } from '@keyrack/protocol';
import { CardError, type CardErrorCode } from '../card-error.ts';
import { CLASSIC_BLOCK_BYTES } from '../chip-geometry.ts';
import type { ClassicConnection } from '../encoder.ts';
import { type Answer, authenticate, loadKey, readBinary, UNCLEAR, updateBinary } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import type { ReaderHabits } from './identify-card.ts';
import { openedCard } from './opened-card.ts';

export function classicConnection(channel: CardChannel, serial: Serial, habits: ReaderHabits): ClassicConnection {
  /** Opens the sector that is open once more; null while none is. */
  let openAgain: (() => Promise<Answer>) | null = null;

  const card = openedCard({ channel, serial, leave: async () => {}, woken: async () => {} });

  function refuse(code: CardErrorCode): CardError {
    card.halted = true;
    openAgain = null;
    return new CardError(code);
  }

  async function giveKey(key: Uint8Array): Promise<void> {
    if ((await channel.ask(loadKey(habits.keyMemory, key))).type === 'done') return;
    habits.keyMemory = habits.keyMemory === 'volatile' ? 'lasting' : 'volatile';
    if ((await channel.ask(loadKey(habits.keyMemory, key))).type === 'done') return;
    // It says nothing about the card: an encoder like this can't be used for these cards.
    throw channel.end('reader-gone', 'the encoder takes no keys for MIFARE Classic; use another model');
  }

  return {
    ...card.base,
    chip: 'classic-1k',
    reselect: async () => {
      openAgain = null;
      await card.base.reselect();
    },
    authenticate: async (block, type, key) => {
      if (card.halted) throw refuse('authentication-failed');
      const kept = key.slice();
      const open = async () => {
        await giveKey(kept);
        return channel.ask(authenticate(block, type));
      };
      const answer = await card.persist(open, async () => true);
      if (answer.type !== 'done') throw refuse('authentication-failed');
      openAgain = open;
    },
    readBlock: async (block) => {
      if (card.halted) throw refuse('read-failed');
      const answer = await card.persist(
        async () => {
          const read = await channel.ask(readBinary(block));
          return read.type === 'done' && read.data.length !== CLASSIC_BLOCK_BYTES ? UNCLEAR : read;
        },
        async () => (await openAgain?.())?.type === 'done',
      );
      if (answer.type !== 'done') throw refuse('read-failed');
      return answer.data;
    },
    writeBlock: async (block, bytes) => {
      if (card.halted) throw refuse('write-protected');
      const answer = await channel.ask(updateBinary(block, bytes));
      if (answer.type === 'done') return;
      if (answer.type === 'refused') throw refuse('write-protected');
      // Not asked again: what stands there is for whoever reads it back to say. If the card is there at all.
      await card.wake();
      throw refuse('write-failed');
    },
  };
}
