import { AGENT_LIMITS, type Mac } from '@keyrack/protocol';
import type { Clock, Timer } from '../../clock.ts';
import type { AgentLog } from '../../log.ts';
import type { Encoder } from '../encoder.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscPort, PcscService } from './pcsc-port.ts';
import { createReaderEncoder, type ReaderEncoder } from './reader-encoder.ts';
import { shownName } from './reader-name.ts';

/** The readers of this computer, as encoders. Finds the PC/SC service by itself, again and again. */
export interface PcscDesk {
  /**
   * The readers that are plugged in, in the order of their first coming. One that is away for a moment, as all are while
   * the service restarts, stays in the list. One that comes back is the same Encoder.
   */
  encoders(): readonly Encoder[];
  /** Calls `listener` whenever the list has changed. Returns what ends it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface PcscDeskParts {
  readonly port: PcscPort;
  readonly clock: Clock;
  readonly log: AgentLog;
  /** The MAC that a reader answers to; null when it isn't to be used. */
  readonly macOf: (reader: string) => Mac | null;
}

/** A reader that was seen. */
interface Seen {
  readonly encoder: ReaderEncoder;
  /** Its name at the service while it is plugged in. */
  reader: string | null;
  listed: boolean;
  away: Timer | null;
}

export function startPcscDesk({ port, clock, log, macOf }: PcscDeskParts): PcscDesk {
  const seen = new Map<Mac, Seen>();
  const listeners = new Set<() => void>();
  /** Readers that were passed over: said once. */
  const passedOver = new Set<string>();
  let service: PcscService | null = null;
  let retry: Timer | null = null;
  let serviceMissed = false;
  let closed = false;

  const listed = () => [...seen.values()].filter((each) => each.listed);

  function list(each: Seen, wanted: boolean): void {
    if (each.away !== null) clock.clearTimeout(each.away);
    each.away = null;
    if (each.listed === wanted) return;
    each.listed = wanted;
    for (const listener of [...listeners]) listener();
  }

  function passOver(reader: string, why: string): null {
    if (!passedOver.has(reader)) log.warn({ reader: shownName(reader) }, why);
    passedOver.add(reader);
    return null;
  }

  /** The reader of that name, which is plugged in now. Null when it isn't used. */
  function readerOf(reader: string, from: PcscService): Seen | null {
    const mac = macOf(reader);
    if (mac === null) return null;
    const known = seen.get(mac);
    if (known?.reader === reader) return known;
    if (known !== undefined && known.reader !== null)
      return passOver(reader, `another reader has the MAC ${mac} already; give one of them another in agent.json`);
    if (known === undefined && seen.size === AGENT_LIMITS.encoders)
      return passOver(reader, `an agent has ${AGENT_LIMITS.encoders} encoders at most; this reader is not used`);
    const name = shownName(reader);
    const encoder = known?.encoder ?? createReaderEncoder({ mac, name, clock, log });
    const each: Seen = known ?? { encoder, reader, listed: false, away: null };
    seen.set(mac, each);
    each.reader = reader;
    encoder.attach(from, reader);
    log.info({ encoder: mac, reader: name }, 'a reader is plugged in');
    list(each, true);
    return each;
  }

  function detach(each: Seen): void {
    each.reader = null;
    each.encoder.detach();
    log.info({ encoder: each.encoder.mac }, 'a reader is away');
    each.away ??= clock.setTimeout(() => list(each, false), PCSC_LIMITS.awayMs);
  }

  function start(): void {
    retry = null;
    if (closed) return;
    try {
      const started: PcscService = port.start({
        changed: (reader, state) => readerOf(reader, started)?.encoder.changed(state),
        gone: (reader) => {
          for (const each of seen.values()) if (each.reader === reader) detach(each);
        },
        failed: (code) => {
          log.warn({ code }, 'the PC/SC service ended; waiting for it to come back');
          service = null;
          for (const each of seen.values()) if (each.reader !== null) detach(each);
          start();
        },
      });
      service = started;
      serviceMissed = false;
      log.info({}, 'connected to the PC/SC service');
    } catch (error) {
      if (!serviceMissed) log.warn({ why: String(error) }, 'the PC/SC service is not running; start pcscd');
      serviceMissed = true;
      retry = clock.setTimeout(start, PCSC_LIMITS.serviceRetryMs);
    }
  }

  start();
  return {
    encoders: () => listed().map(({ encoder }) => encoder),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      listeners.clear();
      if (retry !== null) clock.clearTimeout(retry);
      for (const { away } of seen.values()) if (away !== null) clock.clearTimeout(away);
      await Promise.all([...seen.values()].map(({ encoder }) => encoder.close()));
      service?.stop();
    },
  };
}
