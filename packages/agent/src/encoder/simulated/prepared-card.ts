import { accessOf, type CardContent, type CardKey, type Chip, chipKeys, imageOf, type Serial } from '@keyrack/protocol';
import {
  ACCESS_PROT,
  CLASSIC_BLOCK_BYTES,
  CLASSIC_TRAILER_BLOCK,
  contentOffset,
  FIRST_PAGE,
  PAGE_BYTES,
  PAGE_GEOMETRY,
} from '../chip-geometry.ts';
import { keyedTrailer } from '../layout/classic-layout.ts';
import { factoryCard, type SimulatedCard } from './card-memory.ts';

/**
 * A card that holds `content` already: what a scenario starts from. Lies nowhere; to have it lie on an encoder
 * from the start, set `lyingOn` before the box keeps it and the encoder is made.
 *
 * @param key what a keyed content is locked with
 * @throws RangeError the content is keyed and there is no key
 */
export function preparedCard(serial: Serial, chip: Chip, content: CardContent, key?: CardKey): SimulatedCard {
  const card = factoryCard(serial, chip);
  card.memory.set(imageOf(content), contentOffset(chip));
  if (accessOf(content) === 'factory') return card;
  if (key === undefined) throw new RangeError('a keyed content needs a key');
  if (chip === 'classic-1k') {
    card.memory.set(keyedTrailer(key), CLASSIC_TRAILER_BLOCK * CLASSIC_BLOCK_BYTES);
    return card;
  }
  const config = PAGE_GEOMETRY[chip].configPage * PAGE_BYTES;
  const { password, acknowledge } = chipKeys(key);
  card.memory[config + 3] = FIRST_PAGE;
  card.memory[config + PAGE_BYTES] = ACCESS_PROT;
  card.memory.set(password, config + 2 * PAGE_BYTES);
  card.memory.set(acknowledge, config + 3 * PAGE_BYTES);
  return card;
}
