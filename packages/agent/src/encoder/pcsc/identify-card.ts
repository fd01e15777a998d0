import { type Serial, serial } from '@keyrack/protocol';
import type { ClassicChip, PageChip } from '../encoder.ts';
import { GET_UID } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import { GET_VERSION } from './card-frames.ts';
import { chipByVersion, kindByAtr, type RefusedCard, refusalByAtr, VERSION_BYTES } from './card-kind.ts';
import type { KeyHabits } from './key-loader.ts';
import { keySlots } from './key-slots.ts';
import { PAGE_COMMANDS, type PageCommands } from './page-commands.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';

/** What was found out about a reader while working with it. It is asked anew whenever it is plugged in. */
export interface ReaderHabits {
  pageCommands: PageCommands | null;
  readonly keys: KeyHabits;
}

/** @param reader its name at the service */
export function unknownHabits(reader: string): ReaderHabits {
  const all = keySlots(reader);
  return { pageCommands: null, keys: { all, slots: all, proven: false, leftKey: false } };
}

/** A card that won't do. `mayPass`: the air or the reader may have garbled what it said, so it is looked at again. */
export interface UnidentifiedCard extends RefusedCard {
  readonly chip: null;
  readonly mayPass: boolean;
}

export type IdentifiedCard =
  | { readonly chip: ClassicChip; readonly serial: Serial }
  | { readonly chip: PageChip; readonly serial: Serial; readonly pageCommands: PageCommands };

/** The serial of the card that answers now; null when none does. Throws like `CardChannel.ask`. */
export async function serialOn(channel: CardChannel): Promise<Serial | null> {
  const answer = await channel.ask(GET_UID);
  if (answer.type !== 'done') return null;
  const parsed = serial.safeParse(Buffer.from(answer.data).toString('hex').toUpperCase());
  return parsed.success ? parsed.data : null;
}

/**
 * Finds out what lies there, for a card whose ATR says that it may be one of ours. A chip with pages is left with its page
 * commands open. A card that won't do comes with the reason. Throws like `CardChannel.ask`.
 */
export async function identifyCard(
  channel: CardChannel,
  habits: ReaderHabits,
): Promise<IdentifiedCard | UnidentifiedCard> {
  const kind = kindByAtr(channel.atr);
  const refused = refusalByAtr(channel.atr);
  if (refused !== null) return { chip: null, ...refused, mayPass: false };
  const found = await serialOn(channel);
  if (found === null) return { chip: null, ...TELLS_NO_SERIAL, mayPass: true };
  if (kind === 'classic-1k') return { chip: kind, serial: found };
  for (let i = 0; i < PCSC_LIMITS.tries; i += 1) {
    for (const pageCommands of commandsInOrder(habits)) {
      if (await pageCommands.open(channel)) {
        const answer = await pageCommands.send(channel, GET_VERSION, VERSION_BYTES);
        if (answer.type === 'done') {
          habits.pageCommands = pageCommands;
          const chip = chipByVersion(answer.data);
          if (chip !== null) return { chip, serial: found, pageCommands };
          await pageCommands.close(channel);
          return { chip, ...NOT_WRITTEN, mayPass: false };
        }
        await pageCommands.close(channel);
      }
      // A chip that refused or misunderstood something says nothing more until it is activated anew.
      await channel.reset();
    }
  }
  return { chip: null, ...TELLS_NO_VERSION, mayPass: true };
}

const TELLS_NO_SERIAL: RefusedCard = {
  reason: 'card-not-answering',
  why: 'the card tells no serial; lay it flat on the middle, and no other beside it',
};
const NOT_WRITTEN: RefusedCard = {
  reason: 'chip-not-written',
  why: 'a chip of this size or maker is not written by Keyrack; use a Classic 1K, an Ultralight EV1 or an NTAG',
};
const TELLS_NO_VERSION: RefusedCard = {
  reason: 'encoder-unfit',
  why: 'the card does not tell its version: it is an older chip, or the encoder hands no commands on to it; use another kind of card',
};

/** The one that worked before comes first. */
function commandsInOrder({ pageCommands: known }: ReaderHabits): readonly PageCommands[] {
  return known === null ? PAGE_COMMANDS : [known, ...PAGE_COMMANDS.filter((pageCommands) => pageCommands !== known)];
}
