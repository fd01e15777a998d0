import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chip, mac, type Serial, serial } from '@keyrack/protocol';
import { z } from 'zod';
import { putFileSync } from '../../durable-files.ts';
import { isOfNewer, newerFileText } from '../../newer-file.ts';
import type { CardBox } from './card-box.ts';
import { memoryBytes, type SimulatedCard } from './card-memory.ts';

const FORMAT = 1;

/** A card's file, `SERIAL.json`. The memory is lower-case hex, so that a person can read a card with an editor. */
const cardFile = z.strictObject({
  version: z.literal(FORMAT),
  serial,
  chip,
  lyingOn: mac.nullable(),
  memory: z.string().regex(/^(?:[0-9a-f]{2})+$/),
});

/** A card's file that can't be used. Nothing was changed; move the file away to go on without that card. */
export class UnusableCardFile extends Error {
  readonly file: string;

  constructor(file: string, reason: string) {
    super(reason);
    this.name = 'UnusableCardFile';
    this.file = file;
  }
}

/**
 * Keeps cards in a folder, a file each, and reads them once, here. Each `keep` writes a new file and renames it over
 * the old one, which survives the death of the process at any instant. It isn't fsynced: a simulated card may lose
 * its last blocks in a power cut, as no real one would.
 *
 * The folder belongs to one box at a time.
 * @throws UnusableCardFile
 */
export function diskCardBox(folder: string): CardBox {
  mkdirSync(folder, { recursive: true });
  const cards = new Map<Serial, SimulatedCard>();
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.json.new')) rmSync(join(folder, name)); // written, but never renamed
    if (!name.endsWith('.json')) continue;
    const card = readCard(join(folder, name), name.slice(0, -'.json'.length));
    cards.set(card.serial, card);
  }
  return {
    cards: () => cards.values(),
    card: (serial) => cards.get(serial),
    keep: (card) => {
      const file = join(folder, `${card.serial}.json`);
      const memory = Buffer.from(card.memory).toString('hex');
      const { serial, chip, lyingOn } = card;
      putFileSync(file, `${JSON.stringify({ version: FORMAT, serial, chip, lyingOn, memory })}\n`);
      cards.set(serial, card);
    },
    forget: (serial) => {
      rmSync(join(folder, `${serial}.json`), { force: true });
      cards.delete(serial);
    },
  };
}

function damaged(file: string, reason: string): UnusableCardFile {
  return new UnusableCardFile(file, `the simulated card in ${file} is damaged: ${reason}`);
}

function readCard(file: string, name: string): SimulatedCard {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error));
  }
  if (isOfNewer(json, FORMAT)) throw new UnusableCardFile(file, newerFileText(file));
  const parsed = cardFile.safeParse(json);
  if (!parsed.success) throw damaged(file, z.prettifyError(parsed.error));
  const { serial, chip, lyingOn } = parsed.data;
  const memory = new Uint8Array(Buffer.from(parsed.data.memory, 'hex'));
  if (serial !== name) throw damaged(file, `it says that it is card ${serial}`);
  if (memory.length !== memoryBytes(chip)) {
    throw damaged(file, `a ${chip} has ${memoryBytes(chip)} bytes, not ${memory.length}`);
  }
  return { serial, chip, memory, lyingOn, tear: null };
}
