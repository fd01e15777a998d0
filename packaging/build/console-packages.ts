import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly link?: boolean;
}

/** The folders of what the console is made of besides its own sources: its dependencies and theirs, by the lock file. */
export function consolePackages(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Entry>>;
  };
  const found = new Set<string>();
  const take = (from: string) => {
    for (const name of Object.keys(packages[from]?.dependencies ?? {})) {
      const place = placeOf(name, from);
      if (place === null || found.has(place) || packages[place]?.link === true) continue;
      found.add(place);
      take(place);
    }
  };
  /** Where Node would find it from there: in the nearest node_modules. */
  const placeOf = (name: string, from: string): string | null => {
    for (let folder = from; ; ) {
      const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      if (packages[place] !== undefined) return place;
      if (folder === '') return null;
      const above = folder.lastIndexOf('/node_modules/');
      folder = above > 0 ? folder.slice(0, above) : '';
    }
  };
  take('packages/console');
  return [...found].sort().map((place) => join(root, place));
}
