import { AGENT_LIMITS, type Mac } from '@keyrack/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscListener, PcscPort } from './pcsc-port.ts';
import { type PcscReaderSet, startPcscReaderSet } from './pcsc-reader-set.ts';
import type { ExplainedTrouble } from './why-no-service.ts';

const EMPTY = { present: false, events: 0, atr: new Uint8Array() };

/** A PC/SC service that tells what the test wants, and is there or not. No card ever lies on its readers. */
function scriptedService() {
  let listener: PcscListener | null = null;
  let running = true;
  let dying = false;
  let starts = 0;
  /** What it tells of each time, before it dies. */
  let there: readonly string[] = [];
  const port: PcscPort = {
    start: (next) => {
      starts += 1;
      listener = next;
      queueMicrotask(() => {
        if (running) {
          for (const reader of there) next.changed(reader, EMPTY);
          next.ready();
        }
        if (!running || dying) next.failed('NoService');
      });
      return { connect: () => Promise.reject(new Error('there is no card')), stop: () => {} };
    },
    close: async () => {},
  };
  return {
    port,
    starts: () => starts,
    plugIn: (reader: string) => listener?.changed(reader, EMPTY),
    unplug: (reader: string) => listener?.gone(reader),
    die: () => {
      running = false;
      listener?.failed('CommError');
    },
    /** It dies, and again whenever it has told of these. */
    dieAtOnce: (...readers: string[]) => {
      there = readers;
      dying = true;
      listener?.failed('CommError');
    },
    comeBack: () => {
      dying = false;
      running = true;
    },
  };
}

describe('the list of encoders', () => {
  let service: ReturnType<typeof scriptedService>;
  let clock: VirtualClock;
  let readerSet: PcscReaderSet;
  let changes: number;
  let log: string[];

  beforeEach(() => {
    service = scriptedService();
    clock = createVirtualClock();
    changes = 0;
    log = [];
    const line = (_fields: object, message: string) => void log.push(message);
    readerSet = startPcscReaderSet({ port: service.port, clock, log: { info: line, warn: line, error: line }, macOf });
    readerSet.onChange(() => (changes += 1));
  });

  /** The readers `Built-in` aren't used; `Twin A` and `Twin B` have the same serial number. */
  function macOf(reader: string): Mac | null {
    if (reader.startsWith('Built-in')) return null;
    const text = reader.startsWith('Twin') ? 'TWIN' : reader.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
    return text.slice(-12).padStart(12, '0') as Mac;
  }
  const names = () => readerSet.encoders().map(({ name }) => name);

  test('has each reader that is plugged in, but those that are not to be used', () => {
    for (const reader of ['Desk 00 00', 'Built-in 00 00', 'Lobby 00 00']) service.plugIn(reader);
    expect(names()).toEqual(['Desk 00 00', 'Lobby 00 00']);
    expect(changes).toBe(2);
  });

  test('loses a reader that is away for long, and has the same encoder again when it is back', async () => {
    service.plugIn('Desk 00 00');
    const [encoder] = readerSet.encoders();
    service.unplug('Desk 00 00');
    expect(encoder?.card()).toBeNull();
    await expect(encoder?.connect()).rejects.toMatchObject({ code: 'reader-gone' });
    await clock.advance(PCSC_LIMITS.awayMs);
    expect(names()).toEqual([]);
    service.plugIn('Desk 00 00');
    expect(readerSet.encoders()).toEqual([encoder]);
    expect(changes).toBe(3);
  });

  test('stays as it is while the service restarts', async () => {
    service.plugIn('Desk 00 00');
    service.die();
    await clock.advance(PCSC_LIMITS.serviceAgain.firstMs * 2);
    service.comeBack();
    await clock.advance(PCSC_LIMITS.serviceAgain.firstMs * 2);
    service.plugIn('Desk 00 00');
    await clock.advance(PCSC_LIMITS.awayMs * 2);
    expect(names()).toEqual(['Desk 00 00']);
    expect(changes).toBe(1);
  });

  test('has one of two readers with the same MAC, and the other when that is unplugged', () => {
    service.plugIn('Twin A 00 00');
    service.plugIn('Twin B 01 00');
    expect(readerSet.encoders()).toHaveLength(1);
    const [encoder] = readerSet.encoders();
    service.unplug('Twin A 00 00');
    service.plugIn('Twin B 01 00');
    expect(readerSet.encoders()).toEqual([encoder]);
  });

  test('has no more than an agent may have', () => {
    for (let i = 0; i <= AGENT_LIMITS.encoders; i += 1) service.plugIn(`Reader ${i} 00 00`);
    expect(readerSet.encoders()).toHaveLength(AGENT_LIMITS.encoders);
  });

  test('has as many at once as an agent may have, whatever came and went before', async () => {
    for (let i = 0; i < 5 * AGENT_LIMITS.encoders; i += 1) {
      service.plugIn(`Reader ${i} 00 00`);
      expect(names()).toContain(`Reader ${i} 00 00`);
      service.unplug(`Reader ${i} 00 00`);
      await clock.advance(PCSC_LIMITS.awayMs);
    }
    expect(names()).toEqual([]);
  });

  test('takes a reader that was passed over when there is room again', async () => {
    for (let i = 0; i <= AGENT_LIMITS.encoders; i += 1) service.plugIn(`Reader ${i} 00 00`);
    service.unplug('Reader 0 00 00');
    await clock.advance(PCSC_LIMITS.awayMs);
    expect(names()).toHaveLength(AGENT_LIMITS.encoders);
    expect(names()).toContain(`Reader ${AGENT_LIMITS.encoders} 00 00`);
  });

  test('takes the other of two readers with the same MAC by itself when the first is unplugged', async () => {
    service.plugIn('Twin A 00 00');
    service.plugIn('Twin B 01 00');
    service.unplug('Twin A 00 00');
    await clock.advance(PCSC_LIMITS.awayMs * 2);
    expect(readerSet.encoders()).toHaveLength(1);
  });

  test.each(['never answers', 'answers and dies at once'])(
    'of a service that %s is waited for in pauses, and it is said once a minute',
    async (how) => {
      if (how === 'never answers') service.die();
      else service.dieAtOnce();
      await clock.advance(10_000);
      const [starts, lines] = [service.starts(), log.length];
      await clock.advance(600_000);
      expect(service.starts() - starts).toBeLessThanOrEqual(600_000 / PCSC_LIMITS.serviceAgain.mostMs);
      expect(service.starts() - starts).toBeGreaterThan(100);
      expect(log.length - lines).toBeGreaterThanOrEqual(9);
      expect(log.length - lines).toBeLessThanOrEqual(20);
    },
  );

  test('of a service that tells of its readers and dies at once: they come and go once a minute in the log', async () => {
    service.dieAtOnce('Desk 00 00', 'Lobby 00 00');
    await clock.advance(10_000);
    const lines = log.length;
    await clock.advance(600_000);
    const said = log.slice(lines);
    for (const what of ['a reader is plugged in', 'a reader is away']) {
      // Two readers, ten minutes.
      expect(said.filter((each) => each === what).length).toBeGreaterThanOrEqual(2 * 9);
      expect(said.filter((each) => each === what).length).toBeLessThanOrEqual(2 * 11);
    }
    service.comeBack();
    await clock.advance(PCSC_LIMITS.serviceAgain.mostMs);
    const before = log.length;
    for (let time = 0; time < 3; time += 1) {
      service.unplug('Desk 00 00');
      service.plugIn('Desk 00 00');
    }
    expect(log.slice(before), 'what a person does is told each time').toHaveLength(6);
  });

  test('comes back soon after a service that failed for long', async () => {
    service.plugIn('Desk 00 00');
    service.die();
    await clock.advance(600_000);
    service.comeBack();
    await clock.advance(PCSC_LIMITS.serviceAgain.mostMs);
    service.plugIn('Desk 00 00');
    expect(names()).toEqual(['Desk 00 00']);
    expect(log.at(-2)).toBe('connected to the PC/SC service');
  });

  test('calls readers by names that the server takes', () => {
    service.plugIn(`Bad\u0007\ud800${'x'.repeat(100)}`);
    expect(names()).toEqual([`Bad ${'x'.repeat(60)}`]);
  });

  test('ends with the desk: nothing is done any more', async () => {
    service.plugIn('Desk 00 00');
    const [encoder] = readerSet.encoders();
    await readerSet.close();
    service.unplug('Desk 00 00');
    await clock.advance(PCSC_LIMITS.awayMs * 2);
    expect(changes).toBe(1);
    await expect(encoder?.connect()).rejects.toMatchObject({ code: 'encoder-closed' });
  });
});

describe('the trouble with the service', () => {
  const NOT_RUNNING = { trouble: 'not-running', text: 'start it (NoService).' } as const;
  const PASSING = { trouble: 'passing', text: 'it goes on by itself (CommError).' } as const;
  function open(why: ExplainedTrouble = NOT_RUNNING) {
    const service = scriptedService();
    const clock = createVirtualClock();
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    const readerSet = startPcscReaderSet({
      port: service.port,
      clock,
      log: quiet,
      macOf: () => null,
      explain: async () => why,
    });
    const told: (ExplainedTrouble | null)[] = [];
    readerSet.onTrouble(() => told.push(readerSet.trouble()));
    return { service, clock, readerSet, told };
  }

  test('is known as soon as it failed, and over once it has answered for a while', async () => {
    const { service, clock, readerSet, told } = open();
    await clock.advance(10_000);
    expect(readerSet.trouble()).toBeNull();
    service.die();
    await clock.idle();
    expect(readerSet.trouble()).toEqual(NOT_RUNNING);
    await clock.advance(60_000);
    service.comeBack();
    await clock.advance(PCSC_LIMITS.serviceAgain.mostMs + PCSC_LIMITS.answersMs);
    expect(readerSet.trouble()).toBeNull();
    expect(told).toEqual([NOT_RUNNING, null]);
  });

  test('does not come and go with a service that answers and dies at once', async () => {
    const { service, clock, told } = open();
    service.dieAtOnce();
    await clock.advance(600_000);
    expect(told).toEqual([NOT_RUNNING]);
  });

  test('is none where the service is there again when it is looked for', async () => {
    const { service, clock, readerSet, told } = open(PASSING);
    service.die();
    await clock.idle();
    expect([readerSet.trouble(), ...told]).toEqual([null]);
  });
});

test('where the service lists no reader, the log says why; where it lists one, it says nothing of the kind', async () => {
  for (const readers of [[], ['A']]) {
    const log: string[] = [];
    const line = (_fields: object, message: string) => void log.push(message);
    const clock = createVirtualClock();
    const port = portThatTells((next) => {
      for (const reader of readers) next.changed(reader, EMPTY);
      next.ready();
    });
    const readerSet = startPcscReaderSet({
      port,
      clock,
      log: { info: line, warn: line, error: line },
      macOf: () => null,
      whyNone: () => 'The kernel holds it.',
    });
    await clock.idle();
    expect(log.includes('The kernel holds it.')).toBe(readers.length === 0);
    await readerSet.close();
  }
});

test('why there is no reader is said no more often than a service that answers and dies at once', async () => {
  const log: string[] = [];
  const line = (_fields: object, message: string) => void log.push(message);
  const clock = createVirtualClock();
  const port = portThatTells((next) => {
    next.ready();
    next.failed('NoService');
  });
  const readerSet = startPcscReaderSet({
    port,
    clock,
    log: { info: line, warn: line, error: line },
    macOf: () => null,
    whyNone: () => 'The kernel holds it.',
  });
  await clock.advance(600_000);
  const said = log.filter((each) => each === 'The kernel holds it.').length;
  expect(said).toBeGreaterThanOrEqual(1);
  expect(said).toBeLessThanOrEqual(11);
  await readerSet.close();
});

/** A card service without cards, which tells this at each start. */
function portThatTells(tell: (listener: Parameters<PcscPort['start']>[0]) => void): PcscPort {
  return {
    start: (listener) => {
      queueMicrotask(() => tell(listener));
      return { connect: () => Promise.reject(new Error('there is no card')), stop: () => {} };
    },
    close: async () => {},
  };
}
