import { expect, test } from 'vitest';
import { explainCause } from './explain-cause.ts';
import { chinese, english } from './texts.ts';

// That there are words for each cause is the compiler's to say: see `satisfies` in texts.ts.

test.each(Object.entries(english))(
  '%s is told to people: no commands, no fields of an API, nothing to fill in',
  (_cause, text) => {
    expect(text).not.toMatch(/keyrack |`|--|\{|endTime|issueMac|operateCardType|send again/);
    expect(text).toMatch(/\.$/);
  },
);

test.each(Object.entries(chinese))('%s is in Chinese, and as plain', (_cause, text) => {
  expect(text).toMatch(/[\u4e00-\u9fff].*。$/);
  expect(text).not.toMatch(/keyrack |`|--|\{|endTime|issueMac/);
});

test('a cause of a later server is told as that server says it', () => {
  expect(explainCause('door-is-gone', 'zh', 'The door is gone; look for it.')).toBe('The door is gone; look for it.');
  expect(explainCause('toString', 'en')).toBe('toString');
});
