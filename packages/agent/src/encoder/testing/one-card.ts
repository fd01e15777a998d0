import {
  type CardContent,
  type CardKey,
  type Chip,
  CONTENT_BYTES,
  chip,
  contentOf,
  type Mac,
  type Serial,
} from '@keyrack/protocol';
import { systemClock } from '../../clock.ts';
import { memoryCardBox } from '../simulated/card-box.ts';
import { factoryCard, type SimulatedCard } from '../simulated/card-memory.ts';
import { NO_TIME } from '../simulated/simulated-connection.ts';
import { createSimulatedEncoder, type SimulatedEncoder } from '../simulated/simulated-encoder.ts';

/** What the tests of encoders and layouts build their world with. */

export const CHIPS: readonly Chip[] = chip.options;
export const MAC = '0A1B2C3D4E5F' as Mac;
export const SERIAL = '04A1B2C3D4E5F6' as Serial;
export const KEY = '00112233445566778899aabbccddeeff' as CardKey;
export const OLD_KEY = 'f0e1d2c3b4a5968778695a4b3c2d1e0f' as CardKey;
export const OTHER_KEY = '5555555555555555aaaaaaaaaaaaaaaa' as CardKey;

/** A keyed content whose bytes are all different, beginning with `first`. */
export function keyedContent(first = 1): CardContent {
  return contentOf(
    'keyed',
    Uint8Array.from({ length: CONTENT_BYTES }, (_, i) => (first + i * 5) & 0xff),
  );
}

export interface OneCard {
  readonly encoder: SimulatedEncoder;
  readonly card: SimulatedCard;
}

/** An encoder without delays with that card on it. */
export function lying(card: SimulatedCard): OneCard {
  card.lyingOn = MAC;
  const box = memoryCardBox([card]);
  return {
    card,
    encoder: createSimulatedEncoder({ mac: MAC, name: 'Desk', box, clock: systemClock, timing: NO_TIME }),
  };
}

/** A card fresh from the chip's maker, on an encoder without delays. */
export function freshCard(chip: Chip, serial: Serial = SERIAL): OneCard {
  return lying(factoryCard(serial, chip));
}

/** The code of the CardError that the promise fails with; fails the test when it doesn't fail. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  throw new Error('expected a CardError, and nothing was thrown');
}
