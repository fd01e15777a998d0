import { readFileSync } from 'node:fs';
import { stringToSignA } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { CAUSES, type Cause } from '../domain/causes.ts';
import { isPublishedElsewhere, PUBLISHED_PATHS } from './not-served.ts';
import { causesAt, STATUS_CODES } from './status-codes.ts';
import { PUBLISHED_FORM, PUBLISHED_TOKEN } from './testing/scripted-card-requests.ts';

const page = readFileSync(new URL('../../../../docs/room-card-api.md', import.meta.url), 'utf8');

/** The rows of the table under a heading, without its two head lines. */
function tableUnder(heading: string): string[] {
  const section = page.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}

/** What stands in the fenced block of this language, the first one behind `start`. */
function fenced(language: string, start: string): string {
  const from = page.indexOf(start);
  return new RegExp(`\`\`\`${language}\n([^\`]*)\n\`\`\``).exec(page.slice(from))?.[1] ?? '';
}

describe('docs/room-card-api.md', () => {
  test('lists exactly the status codes that there are', () => {
    const rows = Object.values(STATUS_CODES).map(
      ({ status, http, info, meaning, message }) => `| ${status} | ${http} | ${info} | ${meaning} | ${message} |`,
    );
    expect(tableUnder('Status codes')).toEqual(rows);
  });

  test('lists exactly the causes that callers can be told, and under which status at each endpoint', () => {
    const endpoints = ['cancelCard', 'readCard', 'makeRoomCard', 'getMacList', 'fetchRoomInfo', 'queryByRoom'] as const;
    const statuses = endpoints.map(
      (endpoint) => new Map(causesAt(endpoint).map(({ cause, status }) => [cause, STATUS_CODES[status].status])),
    );
    const rows = (Object.keys(CAUSES) as Cause[])
      .map((cause) => ({ cause, cells: statuses.map((known) => known.get(cause)) }))
      .filter(({ cells }) => cells.some((status) => status !== undefined))
      .map(
        ({ cause, cells }) =>
          `| \`${cause}\` | ${CAUSES[cause]} |${cells.map((cell) => (cell === undefined ? ' |' : ` ${cell} |`)).join('')}`,
      );
    expect(tableUnder('Causes')).toEqual(rows);
  });

  test('lists the addresses of the published platform that are not served, and those alone', () => {
    const [table = ''] = page.split("What isn't there.").at(-1)?.split('\n\n', 2).slice(1) ?? [];
    const addresses = [...table.matchAll(/`(\/[^`]*)`/g)].map(([, address = '']) => address.replace('…', 'x'));
    for (const address of addresses) {
      const [path = '', query = ''] = address.split('?');
      expect(isPublishedElsewhere(path, query), address).toBe(true);
    }
    const paths = addresses.map((address) => address.split('?', 1)[0]);
    for (const path of PUBLISHED_PATHS)
      expect(paths.map((each) => each?.replace(/\/$/, ''))).toContain(path.replace(/\/$/, ''));
  });

  test('shows the string that the published request signs', () => {
    const fields = Object.fromEntries(new URLSearchParams(PUBLISHED_FORM));
    expect(fenced('text', '## Cancel a card')).toBe(stringToSignA('cancelCard', fields, PUBLISHED_TOKEN));
  });
});

test('the published request of these tests is the one of the vectors', () => {
  const vectors: { fields: Record<string, string>; sig: string; authToken: string }[] = JSON.parse(
    readFileSync(new URL('../../../../test/conformance/signature-vectors.json', import.meta.url), 'utf8'),
  );
  const [vector] = vectors;
  expect(Object.fromEntries(new URLSearchParams(PUBLISHED_FORM))).toEqual({ ...vector?.fields, sig: vector?.sig });
  expect(vector?.authToken).toBe(PUBLISHED_TOKEN);
});

test('no two statuses share a number', () => {
  const numbers = Object.values(STATUS_CODES).map(({ status }) => status);
  expect(new Set(numbers).size).toBe(numbers.length);
});
