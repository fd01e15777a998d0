import { AGENT_LIMITS, type Mac } from '@keyrack/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../log.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import { type PcscDesk, startPcscDesk } from './pcsc-desk.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import type { PcscListener, PcscPort } from './pcsc-port.ts';

const EMPTY = { present: false, events: 0 };

/** A PC/SC service that tells what the test wants, and is there or not. No card ever lies on its readers. */
function scriptedService() {
  let listener: PcscListener | null = null;
  let running = true;
  const port: PcscPort = {
    start: (next) => {
      if (!running) throw new Error('NoService');
      listener = next;
      return { connect: () => Promise.reject(new Error('there is no card')), stop: () => {} };
    },
  };
  return {
    port,
    plugIn: (reader: string) => listener?.changed(reader, EMPTY),
    unplug: (reader: string) => listener?.gone(reader),
    die: () => {
      running = false;
      listener?.failed('CommError');
    },
    comeBack: () => {
      running = true;
    },
  };
}

describe('the list of encoders', () => {
  let service: ReturnType<typeof scriptedService>;
  let clock: VirtualClock;
  let desk: PcscDesk;
  let changes: number;

  beforeEach(() => {
    service = scriptedService();
    clock = createVirtualClock();
    changes = 0;
    desk = startPcscDesk({ port: service.port, clock, log: SILENT, macOf });
    desk.onChange(() => (changes += 1));
  });

  /** The readers `Built-in` aren't used; `Twin A` and `Twin B` have the same serial number. */
  function macOf(reader: string): Mac | null {
    if (reader.startsWith('Built-in')) return null;
    const text = reader.startsWith('Twin') ? 'TWIN' : reader.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
    return text.slice(-12).padStart(12, '0') as Mac;
  }
  const names = () => desk.encoders().map(({ name }) => name);

  test('has each reader that is plugged in, but those that are not to be used', () => {
    for (const reader of ['Desk 00 00', 'Built-in 00 00', 'Lobby 00 00']) service.plugIn(reader);
    expect(names()).toEqual(['Desk 00 00', 'Lobby 00 00']);
    expect(changes).toBe(2);
  });

  test('loses a reader that is away for long, and has the same encoder again when it is back', async () => {
    service.plugIn('Desk 00 00');
    const [encoder] = desk.encoders();
    service.unplug('Desk 00 00');
    expect(encoder?.card()).toBeNull();
    await expect(encoder?.connect()).rejects.toMatchObject({ code: 'reader-gone' });
    await clock.advance(PCSC_LIMITS.awayMs);
    expect(names()).toEqual([]);
    service.plugIn('Desk 00 00');
    expect(desk.encoders()).toEqual([encoder]);
    expect(changes).toBe(3);
  });

  test('stays as it is while the service restarts', async () => {
    service.plugIn('Desk 00 00');
    service.die();
    await clock.advance(PCSC_LIMITS.serviceRetryMs * 3);
    service.comeBack();
    await clock.advance(PCSC_LIMITS.serviceRetryMs);
    service.plugIn('Desk 00 00');
    await clock.advance(PCSC_LIMITS.awayMs * 2);
    expect(names()).toEqual(['Desk 00 00']);
    expect(changes).toBe(1);
  });

  test('has one of two readers with the same MAC, and the other when that is unplugged', () => {
    service.plugIn('Twin A 00 00');
    service.plugIn('Twin B 01 00');
    expect(desk.encoders()).toHaveLength(1);
    const [encoder] = desk.encoders();
    service.unplug('Twin A 00 00');
    service.plugIn('Twin B 01 00');
    expect(desk.encoders()).toEqual([encoder]);
  });

  test('has no more than an agent may have', () => {
    for (let i = 0; i <= AGENT_LIMITS.encoders; i += 1) service.plugIn(`Reader ${i} 00 00`);
    expect(desk.encoders()).toHaveLength(AGENT_LIMITS.encoders);
  });

  test('calls readers by names that the server takes', () => {
    service.plugIn(`Bad\u0007\ud800${'x'.repeat(100)}`);
    expect(names()).toEqual([`Bad ${'x'.repeat(60)}`]);
  });

  test('ends with the desk: nothing is done any more', async () => {
    service.plugIn('Desk 00 00');
    const [encoder] = desk.encoders();
    await desk.close();
    service.unplug('Desk 00 00');
    await clock.advance(PCSC_LIMITS.awayMs * 2);
    expect(changes).toBe(1);
    await expect(encoder?.connect()).rejects.toMatchObject({ code: 'encoder-closed' });
  });
});
