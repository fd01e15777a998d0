// `npm run build`: makes the package that is published, in packages/sdk/dist; `npm pack ./packages/sdk/dist`
// packs it. What the SDK uses of packages/protocol is inside; of the registry it needs @noble/hashes alone.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
/** What is built last: the entries of the package. */
const ENTRIES = { '.': 'index', './room-card': 'room-card/index' };

/** Builds into a folder, which is made anew. Returns it. */
export function build(out = join(here, 'dist')) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  mkdirSync(join(here, 'dist'), { recursive: true });
  // Within the package, so that the compiler finds what it imports.
  const staged = mkdtempSync(join(here, 'dist', 'sources-'));
  try {
    stage(staged);
    compile(staged, out);
  } finally {
    rmSync(staged, { recursive: true });
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  cpSync(join(here, 'README.md'), join(out, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  return out;
}

/** Copies the sources, with what they use of packages/protocol beside them: for others it is no package of its own. */
function stage(folder) {
  const sources = readdirSync(join(here, 'src'), { recursive: true }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'),
  );
  for (const file of sources) {
    const way = relative(dirname(file), 'protocol').split(sep).join('/');
    const source = readFileSync(join(here, 'src', file), 'utf8');
    const linked = source.replace(/(['"])@keyrack\/protocol\/([\w-]+\.ts)\1/g, (_, quote, name) => {
      mkdirSync(join(folder, 'protocol'), { recursive: true });
      cpSync(join(root, 'packages/protocol/src', name), join(folder, 'protocol', name));
      return `${quote}${way.startsWith('.') ? way : `./${way}`}/${name}${quote}`;
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), linked);
  }
}

function compile(folder, out) {
  const files = Object.values(ENTRIES).map((entry) => `${entry}.ts`);
  const config = { extends: join(here, 'tsconfig.build.json'), compilerOptions: { rootDir: '.', outDir: out }, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  // The compiler of the whole repository: packages/sdk has an older one for the generator of its types.
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    throw new Error(`The SDK can't be built:\n${error.stdout}${error.stderr}`);
  }
  // The compiler rewrites imports in what it emits, but for the declarations.
  for (const file of readdirSync(out, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const declared = readFileSync(join(out, file), 'utf8');
    writeFileSync(join(out, file), declared.replace(/(['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
}

function manifest() {
  const { name, version, description, license, keywords, engines, dependencies } = JSON.parse(
    readFileSync(join(here, 'package.json'), 'utf8'),
  );
  const entries = Object.entries(ENTRIES).map(([entry, file]) => [
    entry,
    { types: `./${file}.d.ts`, default: `./${file}.js` },
  ]);
  const { '@keyrack/protocol': _inside, ...needed } = dependencies;
  return {
    name,
    version,
    description,
    license,
    keywords,
    type: 'module',
    sideEffects: false,
    exports: { ...Object.fromEntries(entries), './package.json': './package.json' },
    engines,
    dependencies: Object.fromEntries(Object.entries(needed).map(([each, exact]) => [each, `^${exact}`])),
  };
}

if (argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${relative(process.cwd(), build())}\n`);
