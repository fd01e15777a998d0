import { type Clock, sleep } from '../../clock.ts';
import { CardError, type CardErrorCode, endsConnection } from '../card-error.ts';
import type { CardConnection, ClassicConnection, PageConnection } from '../encoder.ts';
import type { CardBox } from './card-box.ts';
import { applyChange, type SimulatedCard } from './card-memory.ts';
import { type ClassicSession, classicKeyFits, classicRead, classicWrite } from './classic-memory.ts';
import type { MemoryChange } from './memory-change.ts';
import { pagePassword, pageRead, pageWrite } from './page-memory.ts';

/** How long things take, in milliseconds. With 0 a call takes no timer, only a resolved promise. */
export interface EncoderTiming {
  readonly connectMs: number;
  readonly reselectMs: number;
  readonly authenticateMs: number;
  /** One block of 16 bytes, or four pages. */
  readonly readMs: number;
  /** One block of 16 bytes, or one page of 4: the chip's memory cell sets the pace, not the number of bytes. */
  readonly writeMs: number;
}

/** About what a USB desk reader takes for each. */
export const REALISTIC_TIMING: EncoderTiming = {
  connectMs: 30,
  reselectMs: 10,
  authenticateMs: 10,
  readMs: 6,
  writeMs: 12,
};

export const NO_TIME: EncoderTiming = { connectMs: 0, reselectMs: 0, authenticateMs: 0, readMs: 0, writeMs: 0 };

/** One card from being placed to being taken away. */
export interface Presence {
  readonly card: SimulatedCard;
  /** Why it is over; null while the card lies there. */
  over: 'card-gone' | 'encoder-closed' | null;
}

/** What a connection needs of its encoder. */
export interface ConnectionHost {
  readonly presence: Presence;
  readonly box: CardBox;
  readonly clock: Clock;
  readonly timing: EncoderTiming;
  /** The fault that is scripted for this exchange, or null. Each call uses one up. */
  takeFault(): CardErrorCode | null;
  /** Whether the card refuses this block write. Each call counts as one. */
  refusesWrite(): boolean;
  /** The card was torn away by this exchange: takes it off the encoder. */
  tornAway(): void;
  /** The connection ended by itself. */
  ended(): void;
}

/** The connection, and what ends it from the encoder's side. */
export interface OpenConnection {
  readonly connection: CardConnection;
  end(): void;
}

export function openSimulatedConnection(host: ConnectionHost): OpenConnection {
  const { presence, box, clock, timing } = host;
  const { card } = presence;
  let over = false;
  let halted = false;
  let sector: ClassicSession | null = null;
  let passwordGiven = false;

  /** One exchange with the card: takes its time, then throws if there is no card to answer, or a scripted fault. */
  async function exchange(ms: number): Promise<void> {
    if (ms > 0 && !over && presence.over === null) await sleep(clock, ms);
    if (presence.over !== null) throw new CardError(presence.over);
    if (over) throw new CardError('card-gone', 'the connection is over');
    const fault = host.takeFault();
    if (fault !== null) throw fail(fault);
  }

  /** Halts the card, or ends the connection, as that failure does. */
  function fail(code: CardErrorCode): CardError {
    halted = true;
    sector = null;
    passwordGiven = false;
    if (endsConnection(code)) {
      over = true;
      host.ended();
    }
    return new CardError(code);
  }

  function apply(change: MemoryChange | null): void {
    if (change === null) throw fail('write-protected');
    const torn = applyChange(card, change);
    box.keep(card);
    if (!torn) return;
    host.tornAway();
    throw fail('card-gone');
  }

  const base = {
    serial: card.serial,
    isAlive: () => !over && presence.over === null,
    reselect: async () => {
      await exchange(timing.reselectMs);
      halted = false;
      sector = null;
      passwordGiven = false;
    },
    close: async () => {
      if (over) return;
      over = true;
      host.ended();
    },
  };

  function classicConnection(): ClassicConnection {
    return {
      ...base,
      chip: 'classic-1k',
      authenticate: async (block, type, key) => {
        await exchange(timing.authenticateMs);
        if (halted || !classicKeyFits(card.memory, block, type, key)) throw fail('authentication-failed');
        sector = { sector: block >> 2, type };
      },
      readBlock: async (block) => {
        await exchange(timing.readMs);
        const bytes = halted ? null : classicRead(card.memory, sector, block);
        if (bytes === null) throw fail('read-failed');
        return bytes;
      },
      writeBlock: async (block, bytes) => {
        await exchange(timing.writeMs);
        apply(halted || host.refusesWrite() ? null : classicWrite(card.memory, sector, block, bytes));
      },
    };
  }

  function pageConnection(chip: PageConnection['chip']): PageConnection {
    return {
      ...base,
      chip,
      passwordAuthenticate: async (password) => {
        await exchange(timing.authenticateMs);
        const acknowledge = halted ? null : pagePassword(card.memory, chip, password);
        if (acknowledge === null) throw fail('authentication-failed');
        passwordGiven = true;
        return acknowledge;
      },
      readPages: async (first) => {
        await exchange(timing.readMs);
        const bytes = halted ? null : pageRead(card.memory, chip, passwordGiven, first);
        if (bytes === null) throw fail('read-failed');
        return bytes;
      },
      writePage: async (page, bytes) => {
        await exchange(timing.writeMs);
        apply(halted || host.refusesWrite() ? null : pageWrite(card.memory, chip, passwordGiven, page, bytes));
      },
    };
  }

  return {
    connection: card.chip === 'classic-1k' ? classicConnection() : pageConnection(card.chip),
    end: () => {
      over = true;
    },
  };
}
