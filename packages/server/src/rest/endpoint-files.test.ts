import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A folder for each resource, a file for each endpoint: schema, right and handler together, found by its name. */

const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
const defined = files.map((file) => ({
  file: file.replaceAll('\\', '/'),
  names: Array.from(
    readFileSync(`${folder}${file}`, 'utf8').matchAll(/^(?:export )?const (\w+) = [^;{]*?\bendpoint\(\{/gm),
    ([, name = '']) => name,
  ),
  calls: readFileSync(`${folder}${file}`, 'utf8').match(/\bendpoint\(\{/g)?.length ?? 0,
}));
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

test('each file defines one endpoint at the most, in the folder of its resource, and is called as it is', () => {
  const holding = defined.filter(({ calls, file }) => calls > 0 && file !== 'endpoint.ts');
  expect(holding.length).toBeGreaterThan(100);
  expect(holding.filter(({ calls }) => calls > 1).map(({ file }) => file)).toEqual([]);
  const wrong = holding.filter(
    ({ file, names }) => basename(file, '.ts') !== kebab(names[0] ?? '') || dirname(file) === '.',
  );
  expect(wrong).toEqual([]);
});
