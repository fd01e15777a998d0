import { z } from 'zod';

/** The chips that Keyrack writes to. */
export const chip = z.enum(['classic-1k', 'ultralight-ev1', 'ntag-213', 'ntag-215', 'ntag-216']);
export type Chip = z.infer<typeof chip>;

/**
 * A card's own key: 16 bytes in lower-case hex, diversified by the server for one serial, so that it opens
 * one card. The layouts cut from it what their chip wants: see `chipKeys`.
 */
export const cardKey = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'CardKey'>();
export type CardKey = z.infer<typeof cardKey>;

export interface ChipKeys {
  /** MIFARE Classic key A, 6 bytes: reads. */
  readonly classicA: Uint8Array;
  /** MIFARE Classic key B, 6 bytes: reads, writes and changes the trailer. */
  readonly classicB: Uint8Array;
  /** NTAG and Ultralight EV1 password, 4 bytes. */
  readonly password: Uint8Array;
  /** NTAG and Ultralight EV1 password acknowledge, 2 bytes. */
  readonly acknowledge: Uint8Array;
}

export function chipKeys(key: CardKey): ChipKeys {
  const bytes = new Uint8Array(Buffer.from(key, 'hex'));
  return {
    classicA: bytes.slice(0, 6),
    classicB: bytes.slice(6, 12),
    password: bytes.slice(0, 4),
    acknowledge: bytes.slice(12, 14),
  };
}
