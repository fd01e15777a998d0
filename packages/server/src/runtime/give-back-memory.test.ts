import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { GIVE_BACK_LIMITS, giveBackMemory } from './give-back-memory.ts';

const { agents: MANY, lookMs, savingMs } = GIVE_BACK_LIMITS;

function start(connected = 0) {
  const clock = createVirtualClock(0);
  const told: boolean[] = [];
  const world = { connected };
  const memory = giveBackMemory({ clock, agents: () => world.connected, save: (saving) => told.push(saving) });
  return { clock, told, world, memory };
}

test('memory is saved for a while, once many agents have come and no more come', async () => {
  const { clock, told, world } = start();
  for (let each = 0; each < 4; each += 1) {
    world.connected += MANY;
    await clock.advance(lookMs);
    expect(told).toEqual([]);
  }
  await clock.advance(lookMs);
  expect(told).toEqual([true]);
  await clock.advance(savingMs + lookMs);
  expect(told).toEqual([true, false]);
  await clock.advance(100 * lookMs);
  expect(told).toEqual([true, false]);
});

test('many that go leave as much behind them as many that come', async () => {
  const { clock, told, world } = start(MANY);
  world.connected = 0;
  await clock.advance(2 * lookMs);
  expect(told).toEqual([true]);
});

test('few agents are not worth it, nor those that come one by one, until they are many', async () => {
  const { clock, told, world } = start();
  for (world.connected = 1; world.connected < MANY; world.connected += 1) await clock.advance(lookMs);
  expect(told).toEqual([]);
  await clock.advance(lookMs);
  expect(told).toEqual([true]);
});

test('a stop ends the saving and the looking', async () => {
  const { clock, told, world, memory } = start();
  world.connected = MANY;
  await clock.advance(2 * lookMs);
  memory.stop();
  expect(told).toEqual([true, false]);
  expect(clock.pending()).toBe(0);
});

/**
 * A process whose memory is full of holes, and never at rest as V8 takes it. It tells how much it has once it has given a
 * third of it back, or after so long. V8 is told not to wait its usual 8 s.
 */
const PROGRAM = `
  const { saveMemory } = await import(process.argv[1]);
  let all = Array.from({ length: 600_000 }, (_, n) => ({ n, text: ['kept', n], more: { n } }));
  let kept = all.filter((_, n) => n % 20 === 0);
  all = undefined;
  const busy = setInterval(() => { for (let n = 0; n < 20_000; n += 1) kept[n % kept.length] = { n, text: ['kept', n], more: { n } }; }, 10);
  const before = process.memoryUsage.rss();
  saveMemory(true);
  const until = performance.now() + Number(process.argv[2]);
  const look = setInterval(() => {
    const now = process.memoryUsage.rss();
    if (now > before * 2 / 3 && performance.now() < until) return;
    clearInterval(busy);
    clearInterval(look);
    saveMemory(false);
    console.log(now / before);
  }, 50);
`;

test('while memory is saved, this version of V8 gives back the pages of a burst', async () => {
  const module = new URL('./give-back-memory.ts', import.meta.url).href;
  const args = ['--gc-memory-reducer-start-delay-ms=300', '--input-type=module', '--eval', PROGRAM, module];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '60000']);
  expect(Number(stdout)).toBeLessThan(2 / 3);
});
