import { KeyrackProblem } from '@keyrack/sdk';
import { expect, test } from 'vitest';
import { explainProblem } from './explain-problem.ts';

const problem = (name: string, title: string, detail: string, more: object = {}) =>
  new KeyrackProblem(
    { type: `/v1/problems/${name}`, title, status: 400, detail, ...more },
    { requestId: null, retryAfterMs: null },
  );
const refused = (...errors: [path: string, detail: string][]) =>
  problem('invalid-request', 'The request is not valid', 'Correct what `errors` names, and send it again.', {
    errors: errors.map(([path, detail]) => ({ in: 'query', path, detail })),
  });

test('a search that the server refuses is named, with what to do, in both languages', () => {
  const error = refused(['search', 'has a character that can not be seen or turns the order of others; leave it out']);
  expect(explainProblem(error, 'en')).toBe(
    'Search: It has a character that can not be seen or turns the order of others; leave it out.',
  );
  expect(explainProblem(error, 'zh')).toBe('搜索：含有不可见或会改变文字方向的字符，请去掉');
});

test('each of several fields is named, and one that nobody has words for as the server names it', () => {
  const error = refused(['room', 'is 1 to 64 characters'], ['toString', 'is not known here; leave it out']);
  expect(explainProblem(error, 'en')).toBe(
    'Room: It is 1 to 64 characters. toString: It is not known here; leave it out.',
  );
});
