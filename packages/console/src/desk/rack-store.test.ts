import { expect, test, vi } from 'vitest';
import { createRackStore } from './rack-store.ts';
import type { KeyRack, RackRoom } from './seen-state.ts';

const room = (id: string, change: Partial<RackRoom> = {}): RackRoom => ({
  ...{ id, number: id, name: id, state: 'vacant', cards: 0, outOfUse: 0, until: null, normallyOpen: false },
  ...{ upcoming: 0, busy: null, attention: null },
  ...change,
});
const rackOf = (...rooms: RackRoom[]): KeyRack => ({
  at: '2026-11-25T01:41:00.000Z',
  buildings: [{ id: 'b', number: '1', name: 'Garden Wing', floors: [{ id: 'f', number: '1', name: '1', rooms }] }],
});

test('news of a room are heard by its cell alone, and by whoever counts', () => {
  const store = createRackStore();
  store.load(rackOf(room('1'), room('2')), store.mark());
  const [one, two, all] = [vi.fn(), vi.fn(), vi.fn()];
  store.subscribeRoom('1', one);
  store.subscribeRoom('2', two);
  store.subscribe(all);
  store.update([room('1', { state: 'out', cards: 2 }), room('2')]);
  expect([one, two, all].map((each) => each.mock.calls.length)).toEqual([1, 0, 1]);
  expect(store.counts()).toMatchObject({ vacant: 1, several: 1, out: 0 });
  store.update([room('1', { state: 'out', cards: 2 }), room('nowhere')]);
  expect(all).toHaveBeenCalledTimes(1);
});

test('a rack that was asked for before news came does not undo them', () => {
  const store = createRackStore();
  store.load(rackOf(room('1'), room('2')), store.mark());
  const asked = store.mark();
  store.update([room('1', { state: 'out', cards: 1 })]);
  store.load(rackOf(room('1'), room('2', { state: 'lost' })), asked);
  expect([store.room('1')?.state, store.room('2')?.state]).toEqual(['out', 'lost']);
  store.load(rackOf(room('1'), room('2')), store.mark());
  expect(store.room('1')?.state).toBe('vacant');
});

test('places are the same object until a room stands elsewhere', () => {
  const store = createRackStore();
  store.load(rackOf(room('1')), 0);
  const places = store.places();
  store.load(rackOf(room('1', { state: 'out', cards: 1 })), store.mark());
  expect(store.places()).toBe(places);
  store.load(rackOf(room('1'), room('2')), store.mark());
  expect(store.places()).not.toBe(places);
});

test('a room is called without the words that all names of its building begin with', () => {
  const store = createRackStore();
  store.load(rackOf(room('1', { name: 'Garden Wing 206' }), room('2', { name: 'Garden Wing 207' })), 0);
  expect([store.label('1'), store.label('2')]).toEqual(['206', '207']);
});
