import { readFileSync, writeFileSync } from 'node:fs';
import { apiOperations, apiTypes, type OpenApi } from '@keyrack/sdk/testing/api-sources.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import { EVENT_TYPES } from '@keyrack/server/domain/events.ts';
import { RIGHTS, type Right, ROLES, SCOPES } from '@keyrack/server/domain/rights.ts';
import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import { openApiDocument } from '@keyrack/server/rest/openapi.ts';
import { PROBLEMS } from '@keyrack/server/rest/problems.ts';
import { expect, test } from 'vitest';

/**
 * Pages that are made from the sources, and sources of the SDK that are made from the document of /v1.
 * `KEYRACK_WRITE_DOCS=1 npm test -- generated-documents` makes them anew.
 */

const NOTE = '<!-- Made from the sources by test/documents/generated-documents.test.ts; change those. -->';

const tableOf = (sets: Readonly<Record<string, readonly Right[]>>) => {
  const names = Object.keys(sets);
  const rows = (Object.keys(RIGHTS) as Right[])
    .filter((right) => names.some((name) => sets[name]?.includes(right)))
    .map(
      (right) => `| \`${right}\` | ${names.map((name) => (sets[name]?.includes(right) ? 'yes' : '')).join(' | ')} |`,
    );
  return [
    `| right | ${names.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...rows,
  ];
};

function rightsPage(): string {
  const rows = Object.entries(RIGHTS).map(([right, what]) => {
    const endpoints = ENDPOINTS.filter((endpoint) => endpoint.right === right).map(({ id }) => `\`${id}\``);
    return `| \`${right}\` | ${what} | ${endpoints.join(', ')} |`;
  });
  return [
    '# Rights',
    '',
    NOTE,
    '',
    'Who may do what over [`/v1`](api.md). Developer accounts of the room-card API have no rights here.',
    '',
    '## What each right allows',
    '',
    '| right | allows to | endpoints |',
    '|---|---|---|',
    ...rows,
    '',
    '## Scopes of API keys',
    '',
    'A key acts for the properties that it names, or for all. Its scope `cards` is its issuing permission.',
    '',
    ...tableOf(SCOPES),
    '',
    '## Roles of people',
    '',
    'A person needs the issuing permission, too, to work with cards. The owner is the owner of the installation.',
    '',
    ...tableOf(ROLES),
    '',
  ].join('\n');
}

function problemsPage(): string {
  const parts = Object.entries(PROBLEMS).flatMap(([name, { status, title, advice }]) => [
    `## ${name}`,
    '',
    `${status}. ${title}. ${advice}`,
    '',
  ]);
  return [
    '# Problems',
    '',
    NOTE,
    '',
    'What [`/v1`](api.md) answers when it can’t do what was asked: `application/problem+json` by RFC 9457. The `type` is `/v1/problems/`',
    'and one of these names; it never changes. `cause` has the same names as in [the room-card API](room-card-api.md).',
    '',
    ...parts,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function eventsPage(): string {
  const rows = EVENT_TYPES.map(
    ({ type, told, fields }) => `| \`${type}\` | ${told} | ${fields.map((field) => `\`${field}\``).join(', ')} |`,
  );
  return [
    '# Events',
    '',
    NOTE,
    '',
    'What [`/v1`](api.md#events) tells of what happened, as a list and as a stream. A type never changes its meaning; later',
    'versions may add types, and fields to the `data` of one. A field that has nothing to tell is left out. Events hold ids, and no',
    "guest's data: ask for what an id stands for, where you may.",
    '',
    '| type | what happened | `data` |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** As the server serves it, in JSON. */
const openApi = (): OpenApi => JSON.parse(JSON.stringify(openApiDocument(ENDPOINTS)));

test.each<[string, () => string | Promise<string>]>([
  ['docs/rights.md', rightsPage],
  ['docs/problems.md', problemsPage],
  ['docs/events.md', eventsPage],
  ['packages/sdk/src/api-types.ts', () => apiTypes(openApi())],
  [
    'packages/sdk/src/api-operations.ts',
    () => apiOperations(openApi(), { problems: Object.keys(PROBLEMS), causes: Object.keys(CAUSES) }),
  ],
])('%s is as the sources say', async (name, make) => {
  const made = await make();
  const file = new URL(`../../${name}`, import.meta.url);
  if (process.env.KEYRACK_WRITE_DOCS === '1') writeFileSync(file, made);
  expect(readFileSync(file, 'utf8')).toBe(made);
});
