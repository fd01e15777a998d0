import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Sentences } from './signs.tsx';

const sources = join(import.meta.dirname, '..');
const pages = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/(?:\.test|(?:^|[\\/-])texts)\.tsx?$/.test(file),
);

/** Signs and spaces of English that a part would write behind or between texts, whatever the language. */
const ENGLISH_SIGNS = [
  // {t('none')}. and </b>: and ${t('table')}:
  /\bt\([^\n]*\)\}[.,:;?](?=\s|<|`|$)/m,
  /<\/\w+>[.:?](?=\s|<|$)/m,
  /\$\{\w+\}[.,:;] \$\{t\(/,
  // <b>{t('sure')}</b> {t('why')} and {t('one')} {t('other')}
  /\bt\([^\n]*\)\}(?:<\/b>)?(?: |\{' '\}\s*)\{[^\n]*\bt\(/,
  /<\/b>(?: |\{' '\}\s*)\{t\(/,
  /\$\{(?:t|cause)\([^`\n]*\)\} \$\{t\(/,
  // A colon that stands alone between two texts.
  /^\s*[:.,;] \{\w+\(/m,
  /<\w+>[:.,;] \{/,
];

test.each(pages)('%s leaves signs between texts to the language', (file) => {
  const source = readFileSync(join(sources, file), 'utf8');
  expect(ENGLISH_SIGNS.map((sign) => sign.exec(source)?.[0]).filter(Boolean)).toEqual([]);
});

test('sentences have the gap of the language between them, and none for what is left out', () => {
  const said = createElement(Sentences, null, createElement('b', null, 'One.'), false, '', 'Two.');
  expect(renderToStaticMarkup(said)).toBe('<b>One.</b> Two.');
});
