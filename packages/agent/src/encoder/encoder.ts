import type { Chip, Mac, Serial, UnusableReason } from '@keyrack/protocol';

/** Chips that are read by 16-byte blocks behind two keys a sector. */
export type ClassicChip = 'classic-1k';
/** Chips that are read by 4-byte pages behind one password. */
export type PageChip = Exclude<Chip, ClassicChip>;

/** A card that lies on an encoder. */
export interface PresentCard {
  readonly serial: Serial;
  readonly chip: Chip;
}

/**
 * One card encoder. Every driver implements this; `simulated/` holds the simulated one. What a driver owes:
 *
 * - A *presence* is one card from being placed to being taken away. The same card placed again is another presence.
 * - It knows by itself when cards come and go, and calls the listeners for each of both.
 * - It repeats exchanges that were garbled on the air before it fails a call, so that `read-failed` and
 *   `authentication-failed` come as near to a card's own "no" as the hardware allows. Keys of a Classic, which refuses
 *   by silence, are always asked twice, with a reset between; passwords once.
 * - A call ends well within ten seconds, however slow the reader: it leaves out repeats for which there is no time.
 * - Every failure is a CardError. Other exceptions are bugs.
 */
export interface Encoder {
  /** What the server knows the encoder by. Fixed for the life of the object. */
  readonly mac: Mac;
  /** For people, at most 64 characters. */
  readonly name: string;

  /** The card that lies there now as far as the driver knows; null when none does. Costs nothing: no exchange. */
  card(): PresentCard | null;

  /**
   * Whether the device itself says that no card lies there. False while it is away, hung, or can't tell, and for a moment
   * after it was powered: a card that was written may still lie there then.
   */
  isFieldEmpty(): boolean;

  /**
   * Why nothing can be done with what lies there, or with the encoder; null while a card can be opened, and while none
   * lies there. Costs nothing: no exchange. What may pass is tried again by the driver itself.
   */
  unusable(): UnusableReason | null;

  /** Calls `listener` whenever `unusable()` answers otherwise than before. Returns what ends it. */
  onUnusable(listener: () => void): () => void;

  /**
   * Calls `listener` after each placing, with the card, and after each removal, with null. A card that replaces another
   * makes two calls. `card()` already answers accordingly. A card that lies there when the driver starts may come
   * without a call, so ask `card()` first. Returns what ends it.
   */
  onChange(listener: (card: PresentCard | null) => void): () => void;

  /**
   * Opens the card that lies there, for this program alone (PC/SC: exclusive). The serial is read anew by
   * anti-collision and not taken from an earlier presence. At most one connection of an encoder is alive: a new
   * one ends the one before it.
   *
   * @throws CardError no-card, card-gone, reader-hung, reader-gone, reader-busy, reader-unfit, encoder-closed
   */
  connect(): Promise<CardConnection>;

  /** Ends the open connection, all listening, and the hold on the device. Cards stay where they are. */
  close(): Promise<void>;
}

/**
 * A channel to one presence of one card. It dies for good when the card leaves, even when the same card comes back
 * at once: whoever was granted a write to this presence must not reach another.
 *
 * One call at a time: wait for each before the next. Every call may throw `card-gone`, `reader-hung`, `reader-gone`,
 * `reader-unfit` and `encoder-closed` besides what it lists; after these `isAlive()` is false and every further call fails with one of
 * them.
 *
 * A chip that refuses anything halts, as real ones do, and then answers nothing until `reselect`; calls
 * in between fail as refused.
 */
export type CardConnection = ClassicConnection | PageConnection;

interface ConnectionBase {
  readonly serial: Serial;

  /** False once the connection is over. True is what the driver last knew; only an exchange can tell for certain. */
  isAlive(): boolean;

  /**
   * Wakes the card, halted or not, and forgets every authentication (PC/SC: a warm reset). Must not reach another
   * presence or another serial: that is `card-gone`.
   */
  reselect(): Promise<void>;

  /** Lets the card go. Never fails; closing twice is fine. */
  close(): Promise<void>;
}

/** MIFARE Classic. Blocks are numbered through the whole chip: sector 1 is blocks 4 to 7. */
export interface ClassicConnection extends ConnectionBase {
  readonly chip: ClassicChip;

  /**
   * Opens the sector of `block`, and closes the one that was open.
   * @param key 6 bytes
   * @throws CardError authentication-failed
   */
  authenticate(block: number, type: 'A' | 'B', key: Uint8Array): Promise<void>;

  /** Reads 16 bytes, which the caller owns. In a trailer, keys read as zeros. @throws CardError read-failed */
  readBlock(block: number): Promise<Uint8Array>;

  /**
   * Writes 16 bytes. Resolves when the card has confirmed it, never before.
   * @throws CardError write-protected, write-failed
   */
  writeBlock(block: number, bytes: Uint8Array): Promise<void>;
}

/** NTAG 213, 215, 216 and MIFARE Ultralight EV1. */
export interface PageConnection extends ConnectionBase {
  readonly chip: PageChip;

  /**
   * Opens what the password guards.
   * @param password 4 bytes
   * @returns the card's 2 bytes of password acknowledge (PACK), for the caller to compare
   * @throws CardError authentication-failed
   */
  passwordAuthenticate(password: Uint8Array): Promise<Uint8Array>;

  /**
   * Reads four pages, 16 bytes, which the caller owns. Past the last readable page the chip goes on with page 0.
   * Password and acknowledge read as zeros.
   * @throws CardError read-failed
   */
  readPages(first: number): Promise<Uint8Array>;

  /**
   * Writes one page of 4 bytes. Resolves when the card has confirmed it, never before.
   * @throws CardError write-protected, write-failed
   */
  writePage(page: number, bytes: Uint8Array): Promise<void>;
}
