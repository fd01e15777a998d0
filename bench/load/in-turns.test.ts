import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('each gets as many turns as the others, and none always comes behind the same one', async () => {
  const order: string[] = [];
  const act = async (name: string) => {
    order.push(name);
    return order.length;
  };
  const results = await inTurns(['small', 'large'], { seconds: 0, until: () => order.length >= 6 }, act);
  expect(order).toEqual(['small', 'large', 'large', 'small', 'small', 'large']);
  expect(results).toEqual([
    [1, 4, 5],
    [2, 3, 6],
  ]);
});

test('a turn that ends nowhere yet goes on beyond its time', async () => {
  let open = 3;
  const results = await inTurns(['one'], { seconds: 0, until: () => open === 0 }, async () => {
    open -= 1;
  });
  expect(results).toEqual([[undefined, undefined, undefined]]);
});

test('what fails ends it', async () => {
  const act = () => Promise.reject(new Error('no answer'));
  await expect(inTurns(['one'], { seconds: 9 }, act)).rejects.toThrow('no answer');
});
