import { readFileSync, writeFileSync } from 'node:fs';
import { BROUGHT_ABOUT, SANDBOX_FAILURES } from '@keyrack/server/domain/sandbox-failures.ts';
import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import { expect, test } from 'vitest';

/** The tables of docs/sandbox.md. `KEYRACK_WRITE_DOCS=1 npm test -- sandbox-page` makes that of the failures anew. */

const FILE = new URL('../../docs/sandbox.md', import.meta.url);
const HEAD = '| cause | operations | what happens |\n|---|---|---|\n';

function failures(): string {
  const rows = Object.entries(SANDBOX_FAILURES).map(
    ([cause, { of, how }]) => `| \`${cause}\` | ${of.length === 3 ? 'all' : of.join(', ')} | ${how} |`,
  );
  const others = Object.entries(BROUGHT_ABOUT).map(([cause, how]) => `| \`${cause}\` | ${how} |`);
  return [
    HEAD + rows.join('\n'),
    '',
    'The other causes that an operation may end with at an encoder need no command of their own:',
    '',
    '| cause | how it comes about |',
    '|---|---|',
    ...others,
    '',
  ].join('\n');
}

test('every failure is on the page, as the sources say', () => {
  const page = readFileSync(FILE, 'utf8');
  const made = page.slice(0, page.indexOf(HEAD)) + failures();
  if (process.env.KEYRACK_WRITE_DOCS === '1') writeFileSync(FILE, made);
  expect(readFileSync(FILE, 'utf8')).toBe(made);
});

test('every endpoint is on the page', () => {
  const page = readFileSync(FILE, 'utf8');
  for (const { method, path, tag } of ENDPOINTS)
    if (tag === 'sandbox') expect(page).toContain(`\`${method} …/sandbox${path.split('/sandbox')[1]}\``);
});
