import { cpSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { VERSION } from '@keyrack/protocol/version.ts';
import { type Plugin, rolldown } from 'rolldown';

/** Modules that are about the checkout they lie in, and what stands for them in a package. */
const INSTEAD: Readonly<Record<string, string>> = {
  'packages/cli/src/console-build.ts': 'packages/cli/src/packaged/console-build.ts',
  'packages/cli/src/downloads-folder.ts': 'packages/cli/src/packaged/downloads-folder.ts',
  'packages/cli/src/compile-cache.ts': 'packages/cli/src/packaged/compile-cache.ts',
  'packages/cli/src/installation.ts': 'packages/cli/src/packaged/installation.ts',
};

/** Folders that the program reads as they lie beside its modules, and their names beside all modules. */
const FOLDERS: Readonly<Record<string, { readonly folder: string; readonly as: string }>> = {
  'packages/server/src/store/sqlite/migrate.ts': { folder: 'migrations', as: 'migrations' },
  'packages/server/src/store/postgres/migrate.ts': { folder: 'migrations', as: 'postgres-migrations' },
  'packages/agent/src/page/page-files.ts': { folder: 'browser', as: 'browser' },
};

/** Modules that name the version of this checkout. */
const NAME_VERSION = ['packages/protocol/src/version.ts', 'packages/sdk/src/version.ts'];

/** `new URL('./worker.ts', import.meta.url)`: a module that is loaded by its address, e.g. as a thread. */
const BY_ADDRESS = /new URL\(\s*'(\.[^']*\.ts)'\s*,\s*import\.meta\.url\s*,?\s*\)/g;

export interface Bundled {
  /** The packages of the registry whose code is in it, by folder. */
  readonly packages: readonly string[];
}

export interface Programs {
  /** The module that each begins with, from the root of the repository, by the name it gets. */
  readonly mains: Readonly<Record<string, string>>;
  /** The packages that stay outside, with their parts in machine code. */
  readonly native: readonly string[];
  /** What they say of themselves; unless told, the version of the checkout. */
  readonly version?: string;
}

/**
 * Writes the code of programs and what it uses of the registry into one flat folder, as modules that Node runs as they are.
 * Parts in machine code stay outside.
 */
export async function bundle(root: string, programs: Programs, out: string): Promise<Bundled> {
  const { mains, native, version = VERSION } = programs;
  const input = Object.fromEntries(Object.entries(mains).map(([name, main]) => [name, join(root, main)]));
  const entries = new Map(Object.entries(input).map(([name, file]) => [file, name]));
  const copied = new Map<string, string>();
  const inside = new Set<string>();

  const ofRepository: Plugin = {
    name: 'keyrack',
    async resolveId(source, importer) {
      if (importer === undefined) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      const other = found && INSTEAD[nameIn(root, found.id)];
      return other ? join(root, other) : null;
    },
    transform: {
      filter: { id: /\.ts$/ },
      handler(code, id) {
        const read = FOLDERS[nameIn(root, id)];
        if (read !== undefined) {
          copied.set(join(dirname(id), read.folder), read.as);
          if (read.as !== read.folder)
            return { code: code.replace(`'./${read.folder}/'`, `'./${read.as}/'`), map: null };
        }
        if (NAME_VERSION.includes(nameIn(root, id)))
          return { code: code.replace(`'${VERSION}'`, `'${version}'`), map: null };
        if (!code.includes('import.meta.url')) return null;
        const rewritten = code.replace(BY_ADDRESS, (_, path: string) => {
          const file = resolve(dirname(id), path);
          const known = entries.get(file);
          const name = known ?? chunkName(root, file);
          if (known === undefined) {
            entries.set(file, name);
            this.emitFile({ type: 'chunk', id: file, fileName: `${name}.js` });
          }
          return `new URL('./${name}.js', import.meta.url)`;
        });
        return rewritten === code ? null : { code: rewritten, map: null };
      },
    },
  };

  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: (id) => native.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [ofRepository],
    treeshake: { moduleSideEffects: true },
    logLevel: 'warn',
    // Some packages ask for what is optional, and do without.
    onLog(level, log, handler) {
      if (log.code === 'UNRESOLVED_IMPORT' && OPTIONAL.some((name) => log.message.includes(`'${name}'`))) return;
      handler(level, log);
    },
  });
  try {
    const { output } = await build.write({
      dir: out,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      minify: false,
      sourcemap: false,
    });
    for (const chunk of output) {
      if (chunk.type !== 'chunk') continue;
      for (const module of Object.keys(chunk.modules)) {
        const folder = packageOf(module);
        if (folder !== null) inside.add(folder);
      }
    }
  } finally {
    await build.close();
  }
  for (const [from, to] of copied) cpSync(from, join(out, to), { recursive: true, filter: isRead });
  return { packages: [...inside].sort() };
}

const OPTIONAL = ['bufferutil', 'utf-8-validate', 'pg-native', 'pg-cloudflare'];

/** Tests and types lie beside what is read, and nobody reads them. */
const isRead = (file: string) => !/\.(?:test|d)\.ts$|^tsconfig\.json$/.test(basename(file));

const nameIn = (root: string, file: string) => relative(root, file).split(sep).join('/');

/** `packages/server/src/store/sqlite/worker.ts` as one word. */
const chunkName = (root: string, file: string) =>
  nameIn(root, file)
    .replace(/^packages\//, '')
    .replace('/src/', '-')
    .replace(/\.ts$/, '')
    .replaceAll('/', '-');

/** The folder of the package that a module belongs to, or null for the repository's own. */
function packageOf(module: string): string | null {
  const parts = module.replace(/^\0/, '').split(/[\\/]node_modules[\\/]/);
  if (parts.length < 2) return null;
  const last = parts.pop() as string;
  const name = last.split(/[\\/]/).slice(0, last.startsWith('@') ? 2 : 1);
  return [parts.join('/node_modules/'), 'node_modules', ...name].join('/');
}
