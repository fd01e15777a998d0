import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDocument } from './testing/document.ts';
import { documents } from './testing/printed-commands.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsIn(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) => anchorOf(heading));
}

test.each(documents())('every link in %s leads somewhere', (name) => {
  const text = readDocument(name).replace(/^```[\s\S]*?^```$/gm, '');
  const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  const broken = links.filter((target) => {
    if (/^(https?|mailto):/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? join(root, name) : join(root, dirname(name), path);
    if (!existsSync(file) || relative(root, file).startsWith('..')) return true;
    return anchor !== undefined && (statSync(file).isDirectory() || !anchorsIn(file).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('no two decisions share a number, and none is left out', () => {
  const numbers = documents().flatMap((name) => /^docs\/decisions\/(\d{4})-/.exec(name)?.[1] ?? []);
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
});

/** Sentences are for people whose language this often isn't. */
test.each(['docs/server.md', 'docs/reverse-proxy.md', 'docs/threat-model.md', 'SECURITY.md'])(
  'no sentence in %s is longer than 25 words',
  (name) => {
    const text = readDocument(name)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/^[|#].*$/gm, '')
      .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
    const sentences = text
      .split(/\n\s*\n|^- /m)
      .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.?!](?:\*\*)?)\s/))
      .filter((sentence) => sentence.split(' ').filter(Boolean).length > 25);
    expect(sentences).toEqual([]);
  },
);
