import { AGENT_LIMITS, type Mac } from '@keyrack/protocol';
import type { Clock, Timer } from '../../clock.ts';
import type { AgentLog } from '../../log.ts';
import type { Encoder } from '../encoder.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscPort, PcscService, ReaderState } from './pcsc-port.ts';
import { createReaderEncoder, type ReaderEncoder } from './reader-encoder.ts';
import { shownName } from './reader-name.ts';
import { repeatedTrouble } from './repeated-trouble.ts';

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
  /** What a failure of the service means, for people. @param code what PC/SC said */
  readonly explain?: (code: string) => Promise<string>;
  /** Why the service lists no reader, and what to do, for people. */
  readonly whyNone?: () => string;
}

/** A reader that was seen. */
interface Seen {
  readonly encoder: ReaderEncoder;
  /** Its name at the service while it is plugged in. */
  reader: string | null;
  listed: boolean;
  away: Timer | null;
}

export function startPcscDesk(parts: PcscDeskParts): PcscDesk {
  const { port, clock, log, macOf, explain = async (code: string) => code, whyNone } = parts;
  const seen = new Map<Mac, Seen>();
  const listeners = new Set<() => void>();
  /** What the service tells of the readers that are plugged in, used or not. */
  const plugged = new Map<string, ReaderState>();
  /** Readers that were passed over: said once. */
  const passedOver = new Set<string>();
  const trouble = repeatedTrouble(clock, log, PCSC_LIMITS.serviceAgain);
  let service: PcscService | null = null;
  let retry: Timer | null = null;
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
    if (!known?.listed && listed().length >= AGENT_LIMITS.encoders)
      return passOver(reader, `an agent has ${AGENT_LIMITS.encoders} encoders at most; this reader is not used`);
    const name = shownName(reader);
    const encoder = known?.encoder ?? createReaderEncoder({ mac, name, clock, log });
    const each: Seen = known ?? { encoder, reader, listed: false, away: null };
    if (known === undefined) forgetOldest();
    seen.set(mac, each);
    passedOver.delete(reader);
    each.reader = reader;
    encoder.attach(from, reader);
    log.info({ encoder: mac, reader: name }, 'a reader is plugged in');
    list(each, true);
    return each;
  }

  /** Readers that were here once are remembered, so that they are the same encoders again; not all for ever. */
  function forgetOldest(): void {
    const unlisted = [...seen].filter(([, each]) => !each.listed);
    if (unlisted.length < AGENT_LIMITS.encoders) return;
    const [oldest] = unlisted;
    if (oldest === undefined) return;
    seen.delete(oldest[0]);
    void oldest[1].encoder.close();
  }

  function detach(each: Seen): void {
    each.reader = null;
    each.encoder.detach();
    log.info({ encoder: each.encoder.mac }, 'a reader is away');
    each.away ??= clock.setTimeout(() => {
      list(each, false);
      takeWaiting();
    }, PCSC_LIMITS.awayMs);
  }

  /** Readers that were passed over may have their turn. */
  function takeWaiting(): void {
    if (service === null) return;
    for (const [reader, state] of plugged) tell(reader, state, service);
  }

  function tell(reader: string, state: ReaderState, from: PcscService): void {
    plugged.set(reader, state);
    readerOf(reader, from)?.encoder.changed(state);
  }

  function start(): void {
    retry = null;
    if (closed) return;
    const started: PcscService = port.start({
      ready: () => {
        if (!trouble.right()) return;
        log.info({}, 'connected to the PC/SC service');
        if (plugged.size === 0 && whyNone !== undefined) log.warn({}, whyNone());
      },
      changed: (reader, state) => tell(reader, state, started),
      gone: (reader) => {
        plugged.delete(reader);
        for (const each of seen.values()) if (each.reader === reader) detach(each);
        takeWaiting();
      },
      failed: (code) => {
        service = null;
        plugged.clear();
        for (const each of seen.values()) if (each.reader !== null) detach(each);
        if (closed) return;
        retry = clock.setTimeout(start, trouble.failed());
        void explain(code).then((why) => trouble.say({ code }, why));
      },
    });
    service = started;
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
      await port.close();
    },
  };
}
