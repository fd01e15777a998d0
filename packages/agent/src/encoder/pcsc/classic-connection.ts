import type { Serial } from '@keyrack/protocol';
import { CardError, type CardErrorCode } from '../card-error.ts';
import { CLASSIC_BLOCK_BYTES } from '../chip-geometry.ts';
import type { ClassicConnection } from '../encoder.ts';
import { type Answer, authenticate, readBinary, UNCLEAR, updateBinary } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import type { ReaderHabits } from './identify-card.ts';
import { keyLoader, overwriteLeftKey } from './key-loader.ts';
import { openedCard } from './opened-card.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';

/** A Classic says nothing to a wrong key, as to a garbled one: a refusal of it is the reader's guess. */
const ASKED_FOR_KEYS = { tries: PCSC_LIMITS.keyTries, believesNo: false } as const;

export function classicConnection(channel: CardChannel, serial: Serial, habits: ReaderHabits): ClassicConnection {
  /** Opens the sector that is open once more; null while none is. */
  let openAgain: (() => Promise<Answer>) | null = null;
  const keys = keyLoader(channel, habits.keys);

  const card = openedCard({
    channel,
    serial,
    leave: async () => {},
    letGo: () => overwriteLeftKey(channel, habits.keys),
    woken: async () => keys.forget(),
  });

  function refuse(code: CardErrorCode): CardError {
    card.halted = true;
    openAgain = null;
    return new CardError(code);
  }

  async function openWith(block: number, type: 'A' | 'B', key: Uint8Array): Promise<Answer> {
    const answer = await keys.open(type, key, (number) => channel.ask(authenticate(block, type, number)));
    // It says nothing about the card: an encoder like this can't be used for these cards.
    if (answer === 'no-keys')
      throw channel.end('reader-unfit', 'the encoder takes no keys for MIFARE Classic; use another model');
    return answer;
  }

  return {
    ...card.base,
    chip: 'classic-1k',
    reselect: async () => {
      openAgain = null;
      await card.base.reselect();
    },
    authenticate: (block, type, key) =>
      card.command(async () => {
        if (card.halted) throw refuse('authentication-failed');
        const kept = key.slice();
        const open = () => openWith(block, type, kept);
        const answer = await card.persist(open, async () => true, ASKED_FOR_KEYS);
        if (answer.type !== 'done') throw refuse('authentication-failed');
        openAgain = open;
      }),
    readBlock: (block) =>
      card.command(async () => {
        if (card.halted) throw refuse('read-failed');
        const answer = await card.persist(
          async () => {
            const read = await channel.ask(readBinary(block));
            return read.type === 'done' && read.data.length !== CLASSIC_BLOCK_BYTES ? UNCLEAR : read;
          },
          async () => (await openAgain?.())?.type === 'done',
          { tries: PCSC_LIMITS.tries, believesNo: true },
        );
        if (answer.type !== 'done') throw refuse('read-failed');
        return answer.data;
      }),
    writeBlock: (block, bytes) =>
      card.command(async () => {
        if (card.halted) throw refuse('write-protected');
        const answer = await channel.ask(updateBinary(block, bytes));
        if (answer.type === 'done') return;
        if (answer.type === 'refused') throw refuse('write-protected');
        // Not asked again: what stands there is for whoever reads it back to say. If the card is there at all.
        await card.wake();
        throw refuse('write-failed');
      }),
  };
}
