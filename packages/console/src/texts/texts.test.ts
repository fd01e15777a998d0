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
