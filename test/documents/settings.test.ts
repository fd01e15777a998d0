import { serveCommand } from '@keyrack/cli/serve.ts';
import { environment, readConfig } from '@keyrack/server/config.ts';
import { describe, expect, test } from 'vitest';
import { readDocument } from './testing/document.ts';

/** The table of settings in docs/server.md, and the help of `keyrack serve`, against what the server reads. */

const page = readDocument('docs/server.md');
const rows = Array.from(
  page.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$/gm),
  ([, name = '', unset = '', meaning = '']) => ({ name, unset, meaning }),
);
const names = Object.keys(environment.shape) as (keyof typeof environment.shape)[];

test('the table has every setting, and no other', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...names].toSorted());
});

test('the help of `keyrack serve` names every setting that the table has, too', () => {
  let help = '';
  serveCommand({ env: {}, out() {}, say() {}, err() {} })
    .configureOutput({ writeOut: (text) => (help += text) })
    .outputHelp();
  for (const name of names) expect(help).toMatch(new RegExp(`\\b${name}\\b`));
});

describe.each(rows)('$name', ({ name, unset, meaning }) => {
  test('has the default that the table tells', () => {
    const fallback = environment.shape[name as (typeof names)[number]].parse(undefined);
    if (fallback === undefined || Array.isArray(fallback)) return;
    const told = typeof fallback === 'object' ? `${fallback?.host}:${fallback?.port}` : String(fallback);
    expect(unset).toBe(`\`${told}\``);
  });

  // A number's edges; what must fit another setting is given room.
  const [, least, most] = /([\d.]+) to ([\d.]+)/.exec(meaning) ?? [];
  if (least === undefined || most === undefined) return;
  const room = { KEYRACK_ANSWER_WAIT_SECONDS: '900', KEYRACK_CARD_WAIT_SECONDS: '0.2' };
  test.each([least, most])('takes %s', (value) => {
    expect(() => readConfig({ ...room, [name]: value }, '.')).not.toThrow();
  });
  test.each([Number(least) / 2, Number(most) + 1])('refuses %s by name', (value) => {
    expect(() => readConfig({ ...room, [name]: String(value) }, '.')).toThrow(name);
  });
});
