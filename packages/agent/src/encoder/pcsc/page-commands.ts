import { type Answer, readBinary, UNCLEAR, updateBinary } from './apdu.ts';
import type { CardChannel } from './card-channel.ts';
import {
  END_SESSION,
  frameAnswer,
  pn532Answer,
  readFrame,
  START_SESSION,
  SWITCH_TO_LAYER_3,
  throughPn532,
  transparent,
  transparentAnswer,
  writeAnswer,
  writeFrame,
} from './card-frames.ts';

/**
 * How a reader hands commands on to a chip with pages. PC/SC part 3 has commands for reading and writing pages, and
 * none for a password; so a reader that can't hand commands on as they are can't be used for these chips.
 */
export interface PageCommands {
  readonly name: string;
  /** Prepares the reader, after each activation of the card. False where it doesn't know how. */
  open(channel: CardChannel): Promise<boolean>;
  /** Before the card is activated anew, or let go. */
  close(channel: CardChannel): Promise<void>;
  /** Sends a command as it is; the answer must be `length` bytes long. */
  send(channel: CardChannel, frame: Uint8Array, length: number): Promise<Answer>;
  read(channel: CardChannel, page: number): Promise<Answer>;
  write(channel: CardChannel, page: number, bytes: Uint8Array): Promise<Answer>;
}

const READ_BYTES = 16;

/** Everything as it is: a reader that left the session for a command of its own might activate the card anew. */
const throughSession: PageCommands = {
  name: 'transparent session',
  open: async (channel) => {
    if (transparentAnswer(await channel.ask(START_SESSION)).type !== 'done') return false;
    if (transparentAnswer(await channel.ask(SWITCH_TO_LAYER_3)).type === 'done') return true;
    // A session that began is ended: within it the reader looks for no cards.
    await channel.ask(END_SESSION);
    return false;
  },
  close: async (channel) => {
    await channel.ask(END_SESSION);
  },
  send: async (channel, frame, length) => frameAnswer(await sendTransparent(channel, frame), length),
  read: async (channel, page) => frameAnswer(await sendTransparent(channel, readFrame(page)), READ_BYTES),
  write: async (channel, page, bytes) => writeAnswer(await sendTransparent(channel, writeFrame(page, bytes))),
};

async function sendTransparent(channel: CardChannel, frame: Uint8Array): Promise<Answer> {
  return transparentAnswer(await channel.ask(transparent(frame)));
}

/** Pages by the commands of PC/SC part 3: the PN532 takes the four bits of an acknowledgement for an error. */
const throughAcr122: PageCommands = {
  name: 'PN532',
  open: async () => true,
  close: async () => {},
  send: async (channel, frame, length) => frameAnswer(pn532Answer(await channel.ask(throughPn532(frame))), length),
  read: async (channel, page) => {
    const answer = await channel.ask(readBinary(page));
    return answer.type === 'done' && answer.data.length !== READ_BYTES ? UNCLEAR : answer;
  },
  write: (channel, page, bytes) => channel.ask(updateBinary(page, bytes)),
};

/** In the order in which an unknown reader is asked. */
export const PAGE_COMMANDS: readonly PageCommands[] = [throughSession, throughAcr122];
