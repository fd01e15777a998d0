import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as buildConsole, isStale } from '@keyrack/console/build.mjs';
import { VERSION } from '@keyrack/protocol/version.ts';
import { CommandLineError, readArguments } from '../../test/command-line/read-arguments.ts';
import { runProgram } from '../../test/command-line/run-program.ts';
import { packTar, packZip } from './archive.ts';
import { bundle } from './bundle.ts';
import { installedPackages } from './installed-packages.ts';
import { PRODUCT_NAMES, PRODUCTS, type ProductName } from './products.ts';
import { ToolFailure } from './run-tool.ts';
import { setModes, stageVersion } from './stage.ts';
import { isTarget, isWindows, TARGET_NAMES, type TargetName } from './targets.ts';

const USAGE = `npm run package -- [--for SYSTEM]…  builds the packages into dist/packages
  --for SYSTEM      for this system alone: ${TARGET_NAMES.join(', ')}; may be repeated (all)
  --only PRODUCT    this product alone: ${PRODUCT_NAMES.join(', ')} (all)
  --out FOLDER      into this folder
  --help            says this

It needs no root and asks nobody but npm's registry, for what the lock file names. Two builds give the same bytes.`;

interface Wanted {
  readonly products: readonly ProductName[];
  readonly targets: readonly TargetName[];
  readonly out: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async (wanted) => {
  try {
    await buildAll(wanted);
    return 0;
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
});

function readCommandLine(args: readonly string[]): Wanted | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      for: { type: 'string', multiple: true, default: [...TARGET_NAMES] },
      only: { type: 'string', multiple: true, default: [...PRODUCT_NAMES] },
      out: { type: 'string', default: join(root, 'dist/packages') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    targets: values.for.map((name) => {
      if (isTarget(name)) return name;
      throw new CommandLineError(`--for takes ${TARGET_NAMES.join(', ')}, not "${name}".`);
    }),
    products: values.only.map((name) => {
      const product = PRODUCT_NAMES.find((each) => each === name);
      if (product !== undefined) return product;
      throw new CommandLineError(`--only takes ${PRODUCT_NAMES.join(' or ')}, not "${name}".`);
    }),
    out: resolve(values.out),
  };
}

async function buildAll({ products, targets, out }: Wanted): Promise<void> {
  mkdirSync(out, { recursive: true });
  // Beside what it becomes: a file is there whole, or not at all.
  const work = mkdtempSync(join(out, '.build-'));
  try {
    const consoleFolder = join(work, 'console');
    await Promise.all([
      ...targets.map((target) => installedPackages(root, target, join(work, 'installed', target))),
      ...products.map((product) => bundle(root, product, join(work, 'code', product))),
      takeConsole(consoleFolder),
    ]);
    for (const product of products) {
      for (const target of targets) {
        const folder = PRODUCTS[product].name;
        const parent = join(work, 'staged', product, target);
        const version = join(parent, folder, 'versions', VERSION);
        stageVersion(
          {
            root,
            product,
            target,
            code: join(work, 'code', product),
            modules: join(work, 'installed', target, 'node_modules'),
            console: consoleFolder,
          },
          version,
        );
        writeFileSync(join(parent, folder, 'current'), `${VERSION}\n`);
        const launcher = isWindows(target) ? 'windows/keyrack.cmd' : 'linux/keyrack';
        cpSync(join(root, 'packaging', launcher), join(parent, folder, launcher.split('/').pop() as string));
        setModes(join(parent, folder));
        const name = `${folder}-${VERSION}-${target}.${isWindows(target) ? 'zip' : 'tar.xz'}`;
        const unfinished = join(work, name);
        await (isWindows(target) ? packZip : packTar)(parent, folder, unfinished);
        renameSync(unfinished, join(out, name));
        say(`${relative(process.cwd(), join(out, name))}  ${megabytes(join(out, name))} MB`);
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The console of these sources, built where it isn't. */
async function takeConsole(to: string): Promise<void> {
  const built = join(root, 'packages/console/dist');
  if (isStale(built)) await buildConsole(built);
  cpSync(built, to, { recursive: true });
}

const megabytes = (file: string) => (statSync(file).size / 1_000_000).toFixed(1);
