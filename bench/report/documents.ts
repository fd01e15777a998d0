import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plotsOf } from './plots.ts';
import type { Results } from './results.ts';
import { markdownTable, tableOf } from './table.ts';

export const DOCUMENT = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const IMAGES = new URL('../../docs/images/', import.meta.url);
const BEGIN = '<!-- The table of bench/results.json begins. `npm run bench` writes it. -->';
const END = '<!-- The table ends. -->';

/** Puts the results into the document and draws its plots. */
export function writeDocuments(results: Results): void {
  writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), results));
  for (const [name, svg] of Object.entries(plotsOf(results))) writeFileSync(new URL(name, IMAGES), svg);
}

/** The document with the table of these results in the place of the one that it has. */
export function withTable(document: string, results: Results): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`docs/performance.md lacks "${BEGIN}" with "${END}" behind it.`);
  const lines = [markdownTable(tableOf(results)), '', ...runLines(results)];
  return `${document.slice(0, begin + BEGIN.length)}\n\n${lines.join('\n')}\n\n${document.slice(end)}`;
}

function runLines({ runs }: Results): string[] {
  return Object.entries(runs).map(
    ([bench, { at, commit, beforeCommit, machine, load }]) =>
      `- \`${bench}\`: ${at.replace('T', ' ')} UTC, commit ${commit}` +
      `${beforeCommit === null ? '' : ` in turns with ${beforeCommit}`}; ${machine}; load ${load} before it began`,
  );
}
