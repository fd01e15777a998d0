import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Comments cite documents of this repository, with a heading, and files of it. Each citation leads somewhere:
 * `(docs/room-card-api.md, "Signature A")`, `see docs/encoders.md`, `as in journal.ts`.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const FILES = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '');
const SELF = 'test/documents/citations.test.ts';
const SOURCES = FILES.filter((file) => /\.(?:ts|js|mjs|sql)$/.test(file) && file !== SELF);
/** Files that a person's computer or a build has, and no repository. */
const ELSEWHERE = /^(?:node_modules\/|[\w.-]*(?:NAME|…))/;

interface Citation {
  readonly document: string;
  readonly headings: readonly string[];
}

/** A comment's words, without what draws it. */
function commentsOf(text: string): string[] {
  const blocks = text.match(/\/\*[\s\S]*?\*\/|(?:(?:^|[^:'"`\w])(?:\/\/|--) .*\n?\s*)+/gm) ?? [];
  return blocks.map((block) => block.replaceAll(/^\s*(?:\*|\/\/|--) ?/gm, ' ').replaceAll(/\s+/g, ' '));
}

/** Headings are named behind the document: `docs/a.md, "One" and "Two"`. */
function citationsOf(comment: string): Citation[] {
  return [...comment.matchAll(/\b(docs\/[\w./-]+\.md)((?:(?:,| and) "[^"]+")*)/g)].map(
    ([, document = '', named = '']) => ({
      document,
      headings: [...named.matchAll(/"([^"]+)"/g)].map(([, heading = '']) => heading),
    }),
  );
}

/** What is wrong with a citation; null where it leads somewhere. */
function faultOf({ document, headings }: Citation): string | null {
  if (!FILES.includes(document)) return `no document ${document}`;
  const text = readFileSync(join(root, document), 'utf8');
  const known = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('`', ''));
  const missing = headings.find((heading) => !known.some((each) => each.startsWith(heading)));
  return missing === undefined ? null : `${document} has no heading "${missing}"`;
}

/** Citations of what the repository doesn't hold. */
const UNHELD = /\((?:its |the )?(?:contract|design)\b|\b(?:contract|design)(?:, |(?:['’]s)? ")/i;

const comments = SOURCES.flatMap((file) =>
  commentsOf(readFileSync(join(root, file), 'utf8')).map((comment) => ({ file, comment })),
);

/** Rules that a planted fault breaks: the second line of each patch, `breaks: docs/cards.md, "The plastic": …`. */
const mutants = FILES.filter((file) => file.startsWith('test/simulation/mutants/') && file.endsWith('.patch'));

test.each(mutants)('%s breaks a rule of a document, under a heading that it has', (patch) => {
  const [, breaks = ''] = readFileSync(join(root, patch), 'utf8').split('\n');
  const cited = citationsOf(breaks);
  expect(cited).toHaveLength(1);
  expect(cited.flatMap(({ headings }) => headings)).toHaveLength(1);
  expect(cited.map(faultOf)).toEqual([null]);
});

describe('what a comment cites', () => {
  test('is a document of this repository, with a heading that it has', () => {
    const faults = comments.flatMap(({ file, comment }) =>
      citationsOf(comment).flatMap((citation) => {
        const fault = faultOf(citation);
        return fault === null ? [] : [`${file}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
    expect(comments.flatMap(({ comment }) => citationsOf(comment)).length).toBeGreaterThan(50);
  });

  test('is no contract and no design that readers cannot open', () => {
    expect(comments.filter(({ comment }) => UNHELD.test(comment))).toEqual([]);
  });

  test('is a file that is here', () => {
    const missing = comments.flatMap(({ file, comment }) =>
      [...comment.matchAll(/(?<![\w./-])((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:ts|mjs))\b(?!:\/\/)/g)].flatMap(
        ([, named = '']) =>
          ELSEWHERE.test(named) || FILES.some((each) => each === named || each.endsWith(`/${named}`))
            ? []
            : [`${file}: ${named}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

test.each(FILES.filter((file) => /^docs\/[\w-]+\.md$/.test(file)))('%s names files that are here', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const named = [...text.matchAll(/`((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:ts|mjs|sql))`/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !FILES.some((each) => each === name || each.endsWith(`/${name}`)))).toEqual([]);
});

describe('the search', () => {
  test.each<[string, string | null]>([
    ['/** How long (docs/room-card-api.md, "Signature B"). */', null],
    ['/**\n * How long (docs/room-card-api.md,\n * "Signature B" and "Signature A").\n */', null],
    ['// See docs/encoders.md.', null],
    ['/** How long (docs/room-card-api.md, "Signature C"). */', 'docs/room-card-api.md has no heading "Signature C"'],
    ['// See docs/no-such.md.', 'no document docs/no-such.md'],
  ])('of %s finds what is wrong', (text, fault) => {
    expect(commentsOf(text).flatMap(citationsOf).map(faultOf)).toEqual([fault]);
  });

  test.each([
    '/** How long (contract, "Signature B"). */',
    '/** See the design\'s "sequence". */',
    '// (design, "Settling")',
  ])('of %s finds a document that is not here', (text) => {
    expect(commentsOf(text).some((comment) => UNHELD.test(comment))).toBe(true);
  });
});
