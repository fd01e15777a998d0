import { expect, test } from 'vitest';
import { wayBack } from './way-back.ts';

test.each([
  ['/members?search=ada', '/members?search=ada'],
  ['/operations#one', '/operations#one'],
  [undefined, '/'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['/\t/elsewhere.example/', '/'],
  ['/.//elsewhere.example/', '/'],
  ['/desk/..//elsewhere.example/', '/'],
  ['/%2e%2e//elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?back=/sign-in', '/'],
])('from %s it goes on at %s', (back, address) => {
  expect(wayBack(back)).toBe(address);
});
