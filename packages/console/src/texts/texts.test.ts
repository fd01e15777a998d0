import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { argumentsOf } from './testing/text-arguments.ts';

const sources = join(import.meta.dirname, '..');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /(?:^|[\\/])[\w-]*texts\.ts$/.test(file) && !/^texts[\\/]/.test(file),
);

/** Every text by its way through the module, e.g. `title` or `states.done`. */
function flat(texts: object, way = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${way}${key}`, value] as const] : [...flat(value, `${way}${key}.`)],
    ),
  );
}

/** A sign of English beside a Chinese character, or a space behind a Chinese sign. */
const WRONG_SIGN = /\p{Script=Han}\s*[.,:;?]|[.,:;?]\p{Script=Han}|[，。：；？、！”）」]\s/u;

test.each([
  ['未选择发卡器.', true],
  ['原因: 超时', true],
  ['已连接。 有一台', true],
  ['没有,请添加', true],
  ['请打开 https://keys.example/join', false],
  ['最多 5,000 间房。', false],
  ['以 /set-up# 结尾。', false],
])('%s has a wrong sign: %s', (text, wrong) => expect(WRONG_SIGN.test(text)).toBe(wrong));

/** Tables of Chinese beside the modules of texts, e.g. of problems. */
const tables = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => /-chinese\.ts$/.test(file));

test.each([...files, ...tables])('%s has Chinese signs in Chinese', async (file) => {
  const { english: _english, ...rest } = await import(join(sources, file));
  for (const [key, text] of flat(rest)) expect.soft(text, key).not.toMatch(WRONG_SIGN);
});

test('there are texts to look at', () => expect(files.length).toBeGreaterThan(10));

test.each(files)('%s says the same in both languages', async (file) => {
  const { english, chinese } = await import(join(sources, file));
  const [one, other] = [flat(english), flat(chinese)];
  expect([...other.keys()].sort()).toEqual([...one.keys()].sort());
  for (const [key, text] of one) {
    expect.soft(argumentsOf(other.get(key) ?? ''), key).toEqual(argumentsOf(text));
    expect.soft(other.get(key)?.trim(), key).not.toBe('');
    expect.soft(text, key).not.toMatch(/!|Oops|\bplease\b/i);
    expect.soft(other.get(key), key).not.toMatch(/[!！]/);
  }
});
