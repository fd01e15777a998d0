import type { Known, Schema } from './values.ts';

const DEEP = 6;

/** Takes from answers what later requests may name: ids by the placeholder that they stand for, and fields of the same name. */
export function learnerOf(document: Schema, known: Known): (method: string, path: string, received: unknown) => void {
  const paths = Object.keys(document.paths);
  const placeholders = new Set(paths.flatMap((path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)));
  const names = new Set([...placeholders, 'serial']);

  /** What the `id` of an answer at this path is called elsewhere: by the placeholder behind it, or its own last one. */
  const nameOfId = (path: string): string | null => {
    const [, own] = /\{(\w+)\}$/.exec(path) ?? [];
    if (own !== undefined) return own;
    const next = paths.find((each) => each.startsWith(`${path}/{`));
    return next?.slice(path.length + 2).split('}')[0] ?? null;
  };
  const templates = paths.map((path) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    idName: nameOfId(path),
  }));

  const walk = (value: unknown, deep: number): void => {
    if (typeof value !== 'object' || value === null || deep > DEEP) return;
    for (const [name, each] of Object.entries(value)) {
      if (name === 'nextCursor' && typeof each === 'string') known.add('cursor', each);
      if (names.has(name) && (typeof each === 'string' || typeof each === 'number')) known.add(name, each);
      // `room: { id }` is a room as much as `room: id` is.
      const { id } = (each ?? {}) as { id?: unknown };
      if (names.has(name) && (typeof id === 'string' || typeof id === 'number')) known.add(name, id);
      walk(each, deep + 1);
    }
  };

  return (_method, target, received) => {
    if (typeof received !== 'object' || received === null) return;
    const [path = ''] = target.split('?');
    const idName = templates.find(({ pattern }) => pattern.test(path))?.idName ?? null;
    const rows = (received as { data?: unknown }).data;
    for (const row of Array.isArray(rows) ? rows.slice(0, 20) : [received]) {
      const { id } = (row ?? {}) as { id?: unknown };
      if (idName !== null && (typeof id === 'string' || typeof id === 'number')) known.add(idName, id);
    }
    walk(received, 0);
  };
}
