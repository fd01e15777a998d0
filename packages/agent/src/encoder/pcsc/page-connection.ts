import type { Serial } from '@keyrack/protocol';
import { CardError, type CardErrorCode } from '../card-error.ts';
import type { PageChip, PageConnection } from '../encoder.ts';
import type { CardChannel } from './card-channel.ts';
import { passwordFrame } from './card-frames.ts';
import { openedCard } from './opened-card.ts';
import type { PageCommands } from './page-commands.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';

/** Bytes of the acknowledge (PACK) that the right password is answered with. */
const ACKNOWLEDGE_BYTES = 2;

/** Connection to a card whose page commands are open. */
export function pageConnection(
  channel: CardChannel,
  {
    serial,
    chip,
    pageCommands,
  }: { readonly serial: Serial; readonly chip: PageChip; readonly pageCommands: PageCommands },
): PageConnection {
  /** The password that the card took; null while it has none. */
  let given: Uint8Array | null = null;

  const card = openedCard({
    channel,
    serial,
    leave: () => pageCommands.close(channel),
    letGo: async () => {},
    woken: async () => {
      if (!(await pageCommands.open(channel)))
        throw channel.end('reader-unfit', 'the encoder hands no commands on to the card any more');
    },
  });

  function refuse(code: CardErrorCode): CardError {
    card.halted = true;
    given = null;
    return new CardError(code);
  }

  const unlock = (password: Uint8Array) => pageCommands.send(channel, passwordFrame(password), ACKNOWLEDGE_BYTES);

  return {
    ...card.base,
    chip,
    reselect: async () => {
      given = null;
      await card.base.reselect();
    },
    passwordAuthenticate: (password) =>
      card.command(async () => {
        if (card.halted) throw refuse('authentication-failed');
        const kept = password.slice();
        const answer = await unlock(kept);
        if (answer.type === 'done') {
          given = kept;
          return answer.data;
        }
        // Not asked again: a card may count wrong passwords, and shut itself.
        if (answer.type === 'unclear') await card.wake();
        throw refuse('authentication-failed');
      }),
    readPages: (first) =>
      card.command(async () => {
        if (card.halted) throw refuse('read-failed');
        const answer = await card.persist(
          () => pageCommands.read(channel, first),
          async () => given === null || (await unlock(given)).type === 'done',
          // Without its password a chip may well mean no, and readers that say "failed" to everything don't tell.
          { tries: given === null ? PCSC_LIMITS.keyTries : PCSC_LIMITS.tries, believesNo: true },
        );
        if (answer.type !== 'done') throw refuse('read-failed');
        return answer.data;
      }),
    writePage: (page, bytes) =>
      card.command(async () => {
        if (card.halted) throw refuse('write-protected');
        const answer = await pageCommands.write(channel, page, bytes);
        if (answer.type === 'done') return;
        if (answer.type === 'refused') throw refuse('write-protected');
        await card.wake();
        throw refuse('write-failed');
      }),
  };
}
