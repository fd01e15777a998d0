/**
 * As much of PC/SC as the driver needs. `pcsc-mini-port.ts` is the real one. What fails, fails with an Error whose
 * `code` is pcsc-mini's name for it: see `pcsc-failure.ts`.
 */
export interface PcscPort {
  /**
   * Connects to the service (pcscd, or Windows' own) and begins to watch its readers; tells first of those that are there.
   * Calls the listener later than it returns.
   * @throws when the service isn't running
   */
  start(listener: PcscListener): PcscService;
}

/** What happens at the readers. Nothing more is told after `failed`. */
export interface PcscListener {
  /** A reader is there, or its state has changed. */
  changed(reader: string, state: ReaderState): void;
  /** A reader was unplugged. */
  gone(reader: string): void;
  /** The service is gone. It never comes back to this PcscService. */
  failed(code: string): void;
}

export interface ReaderState {
  /** A card lies there and answers. */
  readonly present: boolean;
  /** How many times a card came or went, where the system counts that. Another number: not the same presence. */
  readonly events: number;
}

export interface PcscService {
  /** Opens the card on that reader for this program alone. Whoever is given a handle lets it go. */
  connect(reader: string): Promise<CardHandle>;
  /** Ends watching, once every handle has been let go. */
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
