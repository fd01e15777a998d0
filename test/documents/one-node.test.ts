import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDocument } from './testing/document.ts';

/** What the server assumes of being the only one: docs/architecture.md has a table, and the code a comment in each file. */

const server = fileURLToPath(new URL('../../packages/server/src/', import.meta.url));

test('every file that assumes one node says so, and the table of the document has them all', () => {
  const section = /^## What one node assumes$(.*?)^## /ms.exec(readDocument('docs/architecture.md'))?.[1] ?? '';
  const listed = Array.from(section.matchAll(/^\| `([^`]+\.ts)` \|/gm), ([, file]) => file);
  const saying = globSync('**/*.ts', { cwd: server })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => / \* One node: /.test(readFileSync(`${server}${file}`, 'utf8')));
  expect(listed.length).toBeGreaterThan(0);
  expect(saying.toSorted()).toEqual(listed.toSorted());
});
