import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { LANGUAGE_TEXTS } from './language-texts.ts';

export interface PageFile {
  readonly type: string;
  readonly body: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What the page loads, by address: the files of `browser/` as they lie there, and the texts of each language. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = new URL('./browser/', import.meta.url);
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type !== undefined) files.set(`/${name}`, { type, body: readFileSync(new URL(name, folder), 'utf8') });
  }
  for (const [language, texts] of Object.entries(LANGUAGE_TEXTS)) {
    files.set(`/texts-${language}.json`, { type: 'application/json', body: JSON.stringify(texts) });
  }
  return files;
}
