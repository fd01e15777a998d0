import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CaughtBy, mutantNames } from './run-mutants.ts';

/** The list of mutants in docs/mutants.md, which is written by `--record` from what the patches say of themselves. */

const HERE = dirname(fileURLToPath(import.meta.url));
const DOCUMENT = join(dirname(dirname(dirname(HERE))), 'docs', 'mutants.md');
const BEGIN = '<!-- written by npm run simulate -- --mutants --record -->\n';
const END = '<!-- end -->';

export interface MutantStory {
  /** What is done wrongly. */
  readonly fault: string;
  /** The rule that this breaks. */
  readonly breaks: string;
}

/** What stands before the first file of a patch. */
export function readStory(name: string): MutantStory {
  const [head = ''] = readFileSync(join(HERE, `${name}.patch`), 'utf8').split('\ndiff ');
  const [, fault, breaks] = /^fault: (.+)\nbreaks: (.+)\n$/.exec(head) ?? [];
  if (fault === undefined || breaks === undefined)
    throw new Error(`${name}.patch must begin with the two lines "fault: …" and "breaks: …", and an empty one.`);
  return { fault, breaks };
}

/** Where the document has the list, and what should stand there. */
export function listMutants(caughtBy: CaughtBy): { readonly found: string; readonly expected: string } {
  const document = readFileSync(DOCUMENT, 'utf8');
  const found = document.slice(document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END));
  return { found, expected: tableOf(caughtBy) };
}

export function writeMutantList(caughtBy: CaughtBy): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before = '', rest = ''] = document.split(BEGIN);
  writeFileSync(DOCUMENT, `${before}${BEGIN}${tableOf(caughtBy)}${rest.slice(rest.indexOf(END))}`);
}

function tableOf(caughtBy: CaughtBy): string {
  const rows = mutantNames().map((name) => {
    const { fault, breaks } = readStory(name);
    const { seed, rule } = caughtBy[name] ?? { seed: 'none yet', rule: '' };
    return `| \`${name}\` | ${fault} | ${breaks} | ${seed} | ${rule} |\n`;
  });
  return `| mutant | fault | breaks | first seed | seen as |\n|---|---|---|---|---|\n${rows.join('')}`;
}
