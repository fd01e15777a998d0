import { expect, it } from 'vitest';
import { createShortMemory } from './short-memory.ts';

function memoryWithClock(most: number) {
  const clock = { now: 0 };
  const memory = createShortMemory<string>({ most, lifetimeMs: 1_000 }, () => clock.now);
  const made: string[] = [];
  const of = (key: string) =>
    memory.of(key, () => {
      made.push(key);
      return `value of ${key}`;
    });
  return { clock, memory, made, of };
}

it('makes a value once while it lives', () => {
  const { clock, made, of } = memoryWithClock(10);
  expect(of('a')).toBe('value of a');
  clock.now = 999;
  expect(of('a')).toBe('value of a');
  expect(made).toEqual(['a']);
});

it('makes a value anew when its life is over, however often it was asked for', () => {
  const { clock, made, of } = memoryWithClock(10);
  for (clock.now = 0; clock.now <= 1_000; clock.now += 250) of('a');
  expect(made).toEqual(['a', 'a']);
});

it('lets go of what is over as soon as it is asked for anything', () => {
  const { clock, memory, of } = memoryWithClock(10);
  for (const key of ['a', 'b', 'c']) of(key);
  clock.now = 1_000;
  of('d');
  expect(memory.size()).toBe(1);
});

it('keeps no more than so many, the newest', () => {
  const { memory, made, of } = memoryWithClock(2);
  for (const key of ['a', 'b', 'c']) of(key);
  expect(memory.size()).toBe(2);
  of('c');
  of('b');
  of('a');
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

it('keeps nothing of what could not be made', () => {
  const { memory, of } = memoryWithClock(2);
  const failing = () => {
    throw new RangeError('no');
  };
  expect(() => memory.of('a', failing)).toThrow('no');
  expect(memory.size()).toBe(0);
  expect(of('a')).toBe('value of a');
});
