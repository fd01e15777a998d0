import { expect, test } from 'vitest';
import { serviceText } from '../encoder/pcsc/why-no-service.ts';
import { LANGUAGE_TEXTS } from './language-texts.ts';

/** Every text of a language by its place, without those that are optional. */
function textsOf(part: unknown, place = ''): [string, string][] {
  if (typeof part === 'string') return [[place, part]];
  return Object.entries(part as object).flatMap(([name, each]) => textsOf(each, `${place}.${name}`));
}

const blanksOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

test('a text has the same blanks in every language', () => {
  const { causes: _causes, ...chinese } = LANGUAGE_TEXTS.zh;
  const english = new Map(textsOf(LANGUAGE_TEXTS.en));
  for (const [place, text] of textsOf(chinese))
    expect([place, blanksOf(text)]).toEqual([place, blanksOf(english.get(place) ?? '')]);
});

test('no text is empty, or holds what HTML would understand', () => {
  for (const texts of Object.values(LANGUAGE_TEXTS))
    for (const [place, text] of textsOf(texts))
      expect([place, text]).toEqual([place, expect.stringMatching(/^[^<>&"]+$/)]);
});

test.each(['not-running', 'refused', 'ends-at-once'] as const)(
  'a card service that is %s is told in Chinese too',
  (trouble) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const)
      expect(serviceText(trouble, 'NoService', { platform, socket: '', isRoot: false })).toMatch(
        /^\S.* \(NoService\)\.$/,
      );
    expect(LANGUAGE_TEXTS.zh.causes[`pcsc-${trouble}`]).toContain('PC/SC');
  },
);
