import { expect, test } from 'vitest';
import { loginFields, readLoginName } from './login-name.ts';

test.each([
  ['ada@hotel.example', { kind: 'email', email: 'ada@hotel.example' }],
  ['  Ada@hotel.example ', { kind: 'email', email: 'Ada@hotel.example' }],
  ['+86 139 0000 0001', { kind: 'mobile', areaCode: '86', mobile: '13900000001' }],
  ['0086-13900000001', { kind: 'mobile', areaCode: '86', mobile: '13900000001' }],
  ['＋８６ １３９００００００１', { kind: 'mobile', areaCode: '86', mobile: '139000000 1'.replace(' ', '') }],
  ['+1 (415) 555-0100', { kind: 'mobile', areaCode: '1', mobile: '4155550100' }],
  ['+852 6123 4567', { kind: 'mobile', areaCode: '852', mobile: '61234567' }],
  ['+353 85 123 4567', { kind: 'mobile', areaCode: '353', mobile: '851234567' }],
  ['13900000001', { kind: 'bare-mobile', mobile: '13900000001' }],
  ['ada', { kind: 'unclear' }],
  ['ada@', { kind: 'unclear' }],
  ['a@b@c', { kind: 'unclear' }],
  ['12', { kind: 'unclear' }],
  ['', { kind: 'unclear' }],
  [`+86 ${'1'.repeat(40)}`, { kind: 'unclear' }],
])('%s', (text, name) => {
  expect(readLoginName(text)).toEqual(name);
});

test('a phone without its country takes the code that is given beside it', () => {
  expect(loginFields('13900000001', '+86')).toEqual({ areaCode: '86', mobile: '13900000001' });
  expect(loginFields('13900000001', '')).toBeNull();
  expect(loginFields('+49 15100000000', '86')).toEqual({ areaCode: '49', mobile: '15100000000' });
});
