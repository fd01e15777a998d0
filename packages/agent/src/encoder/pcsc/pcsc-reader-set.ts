import { AGENT_LIMITS, type Mac } from '@keyrack/protocol';
import type { Clock, Timer } from '../../clock.ts';
import type { AgentLog } from '../../log.ts';
import type { Encoder } from '../encoder.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscPort, PcscService, ReaderState } from './pcsc-port.ts';
import { createReaderEncoder, type ReaderEncoder } from './reader-encoder.ts';
import { shownName } from './reader-name.ts';
import { repeatedTrouble } from './repeated-trouble.ts';
import { seldomSaid } from './seldom-said.ts';
import type { ExplainedTrouble } from './why-no-service.ts';

/** The readers of this computer, as encoders. Finds the PC/SC service by itself, again and again. */
export interface PcscReaderSet {
  /**
   * The readers that are plugged in, in the order of their first coming. A reader stays in the list while it is away for a
   * moment, as all are while the service restarts. A reader that comes back is the same Encoder.
   */
  encoders(): readonly Encoder[];
  /** Calls `listener` whenever the list has changed. Returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Why the service can't be used, for people; null while it can, and until that is known. */
  trouble(): ExplainedTrouble | null;
  /** Calls `listener` whenever that has changed. Returns what ends it. */
  onTrouble(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface PcscReaderSetParts {
  readonly port: PcscPort;
  readonly clock: Clock;
  readonly log: AgentLog;
  /** The MAC that a reader answers to; null when it isn't to be used. */
  readonly macOf: (reader: string) => Mac | null;
  /** What a failure of the service means, for people. @param code what PC/SC said */
  readonly explain?: (code: string) => Promise<ExplainedTrouble>;
  /** Why the service lists no reader, and what to do, for people. */
  readonly whyNone?: () => string;
}

/** A reader that was seen. */
interface Seen {
  readonly encoder: ReaderEncoder;
  /** Its name at the service while it is plugged in. */
  reader: string | null;
  /** Why it was away last. A service that dies at once takes its readers along every few seconds. */
  awayBy: 'nothing' | 'unplugging' | 'the service';
  listed: boolean;
  away: Timer | null;
}

export function startPcscReaderSet(parts: PcscReaderSetParts): PcscReaderSet {
  const { port, clock, log, macOf, explain = unexplained, whyNone } = parts;
  const seen = new Map<Mac, Seen>();
  const listeners = new Set<() => void>();
  const troubleListeners = new Set<() => void>();
  /** What the service tells of the readers that are plugged in, used or not. */
  const plugged = new Map<string, ReaderState>();
  /** Readers that were passed over: said once. */
  const passedOver = new Set<string>();
  const failures = repeatedTrouble(clock, log, PCSC_LIMITS.serviceAgain);
  const seldom = seldomSaid(clock, PCSC_LIMITS.logAgainMs);
  /** What a person is told of the service, until it has answered for a while. */
  let trouble: ExplainedTrouble | null = null;
  let answering: Timer | null = null;
  /** Whether the service has answered since it failed last. */
  let answers = false;
  let service: PcscService | null = null;
  let retry: Timer | null = null;
  let closed = false;

  const listed = () => [...seen.values()].filter((each) => each.listed);

  function setTrouble(next: ExplainedTrouble | null): void {
    if (next?.text === trouble?.text) return;
    trouble = next;
    for (const listener of [...troubleListeners]) listener();
  }

  function list(each: Seen, wanted: boolean): void {
    if (each.away !== null) clock.clearTimeout(each.away);
    each.away = null;
    if (each.listed === wanted) return;
    each.listed = wanted;
    for (const listener of [...listeners]) listener();
  }

  function ignoreReader(reader: string, why: string): null {
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
      return ignoreReader(reader, `another reader has the MAC ${mac} already; give one of them another in agent.json`);
    if (!known?.listed && listed().length >= AGENT_LIMITS.encoders)
      return ignoreReader(reader, `an agent has ${AGENT_LIMITS.encoders} encoders at most; this reader is not used`);
    const name = shownName(reader);
    const encoder = known?.encoder ?? createReaderEncoder({ mac, name, clock, log });
    const each: Seen = known ?? { encoder, reader, awayBy: 'nothing', listed: false, away: null };
    if (known === undefined) forgetOldest();
    seen.set(mac, each);
    passedOver.delete(reader);
    each.reader = reader;
    encoder.attach(from, reader);
    sayOfReader(each, { encoder: mac, reader: name }, 'a reader is plugged in');
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

  function sayOfReader(
    { awayBy }: Seen,
    fields: { readonly encoder: Mac; readonly reader?: string },
    message: string,
  ): void {
    // What a person does at the readers is told each time.
    const isRepeated = awayBy === 'the service';
    const { now, times } = isRepeated ? seldom(`${fields.encoder} ${message}`) : { now: true, times: 1 };
    if (now) log.info(times > 1 ? { ...fields, times } : fields, message);
  }

  function detach(each: Seen, by: Exclude<Seen['awayBy'], 'nothing'>): void {
    each.reader = null;
    each.awayBy = by;
    each.encoder.detach();
    sayOfReader(each, { encoder: each.encoder.mac }, 'a reader is away');
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
        answers = true;
        if (answering !== null) clock.clearTimeout(answering);
        answering = clock.setTimeout(() => setTrouble(null), PCSC_LIMITS.answersMs);
        if (!failures.right()) return;
        log.info({}, 'connected to the PC/SC service');
        if (plugged.size === 0 && whyNone !== undefined) log.warn({}, whyNone());
      },
      changed: (reader, state) => tell(reader, state, started),
      gone: (reader) => {
        plugged.delete(reader);
        for (const each of seen.values()) if (each.reader === reader) detach(each, 'unplugging');
        takeWaiting();
      },
      failed: (code) => {
        service = null;
        plugged.clear();
        for (const each of seen.values()) if (each.reader !== null) detach(each, 'the service');
        answers = false;
        if (answering !== null) clock.clearTimeout(answering);
        if (closed) return;
        retry = clock.setTimeout(start, failures.failed());
        void explain(code).then((why) => {
          failures.say({ code }, why.text);
          if (!closed && !answers) setTrouble(why.trouble === 'passing' ? null : why);
        });
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
    trouble: () => trouble,
    onTrouble: (listener) => {
      troubleListeners.add(listener);
      return () => troubleListeners.delete(listener);
    },
    close: async () => {
      closed = true;
      listeners.clear();
      troubleListeners.clear();
      for (const timer of [retry, answering]) if (timer !== null) clock.clearTimeout(timer);
      for (const { away } of seen.values()) if (away !== null) clock.clearTimeout(away);
      await Promise.all([...seen.values()].map(({ encoder }) => encoder.close()));
      service?.stop();
      await port.close();
    },
  };
}

async function unexplained(code: string): Promise<ExplainedTrouble> {
  return { trouble: 'not-running', text: code };
}
