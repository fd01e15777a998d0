/**
 * As much of PC/SC as the driver needs. `native/reader-process.ts` is the real one. A call that fails throws an Error whose
 * `code` is a name of `native/return-codes.ts`: see `pcsc-failure.ts`.
 */
export interface PcscPort {
  /**
   * Connects to the service (pcscd, or Windows' own) and begins to watch its readers. Calls the listener later than it
   * returns. One service at a time: the one before is stopped.
   */
  start(listener: PcscListener): PcscService;
  /** Ends everything, hung calls too. Resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** What happens at the readers. Nothing more is told after `failed`. */
export interface PcscListener {
  /** The service answers, and every reader that is there has been told of. Called once, or never. */
  ready(): void;
  /** A reader is there, or its state has changed. */
  changed(reader: string, state: ReaderState): void;
  /** A reader was unplugged. */
  gone(reader: string): void;
  /** The service is gone, or was never there. It never comes back to this PcscService. */
  failed(code: string): void;
}

export interface ReaderState {
  /** A card lies there and answers. */
  readonly present: boolean;
  /** Something lies there that says nothing, not even when it is powered: no card that can be used, and no empty field. */
  readonly mute?: boolean;
  /** How many times a card came or went, where the system counts that. Another number: not the same presence. */
  readonly events: number;
  /** What the card said of itself when it was powered on. Nobody asked it anything for this. */
  readonly atr: Uint8Array;
}

export interface PcscService {
  /** Opens the card on that reader for this program alone. Whoever is given a handle lets it go. */
  connect(reader: string): Promise<CardHandle>;
  /** Ends watching. Handles stay as they are. */
  stop(): void;
}

/**
 * A card as PC/SC lends it. **None of these has a time limit**, and a handle may reach another card than it was opened
 * for: `card-channel.ts` deals with both.
 */
export interface CardHandle {
  atr(): Promise<Uint8Array>;
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /** Warm reset: the card is activated anew. */
  reset(): Promise<void>;
  /** @param reset whether the card is to forget what it was authenticated for */
  disconnect(reset: boolean): Promise<void>;
}
