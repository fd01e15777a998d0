import { expect, test } from 'vitest';
import { sharedAnswers } from './shared-answers.ts';

function asking() {
  const asked: { readonly of: string; readonly answer: PromiseWithResolvers<string> }[] = [];
  const share = sharedAnswers((of) => {
    const answer = Promise.withResolvers<string>();
    asked.push({ of, answer });
    return answer.promise;
  });
  return { share, asked };
}

test('many who ask at once cost two: who asks while one is under way gets one that began after them', async () => {
  const { share, asked } = asking();
  const all = Array.from({ length: 200 }, () => share('inn'));
  const other = share('lodge');
  expect(asked.map(({ of }) => of)).toEqual(['inn', 'lodge']);
  asked[0]?.answer.resolve('first');
  expect(await all[0]).toBe('first');
  await expect.poll(() => asked.length).toBe(3);
  const late = share('inn');
  asked[1]?.answer.resolve('lodge');
  asked[2]?.answer.resolve('second');
  expect(new Set(await Promise.all(all.slice(1)))).toEqual(new Set(['second']));
  await expect.poll(() => asked.length).toBe(4);
  asked[3]?.answer.resolve('third');
  expect(await late).toBe('third');
  expect(await other).toBe('lodge');
  void share('inn');
  await expect.poll(() => asked.length).toBe(5);
});

test('a failure is told to those who waited for it, and to nobody after them', async () => {
  const { share, asked } = asking();
  const [first, second] = [share('inn'), share('inn')];
  asked[0]?.answer.reject(new Error('the disk is gone'));
  await expect(first).rejects.toThrow('the disk is gone');
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.answer.resolve('read');
  expect(await second).toBe('read');
});
