import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { packZip } from '../../packaging/build/archive.ts';
import { scratchFolder } from '../world/scratch.ts';
import { BUILD_PROGRAM } from './testing/build-once.ts';
import { describeAsRoot } from './testing/describe-as-root.ts';
import { builtFolder } from './testing/packages.ts';

/** Two builds of the same sources give the same bytes: by somebody else, in a folder elsewhere, with other settings of a shell. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Nobody's here. */
const USER = 47_321;

/**
 * Builds in this checkout, laid over with a memory of its own at a path that is longer, where the console isn't built yet.
 * $1 the checkout, $2 a folder for the memory, $3 the path, $4 where to build into, $5 the user.
 */
const ELSEWHERE = [
  'mount -t tmpfs -o mode=0755 tmpfs "$2"',
  'mkdir "$2/upper" "$2/work"',
  'mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$3"',
  'rm -rf "$3/packages/console/dist"',
  'mkdir -p "$3/node_modules/.vite-temp"',
  'chown "$5" "$3" "$3/packages/console" "$3/node_modules/.vite-temp" "$4"',
  'cd "$3"',
  'umask 077',
  `exec setpriv "--reuid=$5" "--regid=$5" --clear-groups node_modules/.bin/node ${BUILD_PROGRAM} "$4" now`,
].join(' && ');

describeAsRoot('two builds', ['unshare', 'setpriv', '7zz'], () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  test('are the same, file by file, though one is made by another user, elsewhere, in another time zone', () => {
    chmodSync(scratch.path, 0o755);
    const at = (name: string) => {
      mkdirSync(join(scratch.path, name), { recursive: true });
      return join(scratch.path, name);
    };
    const out = at('out');
    const places = [at('memory'), at('a/longer/path with a space/to-the-other-checkout'), out];
    const env = {
      PATH: process.env.PATH,
      HOME: out,
      TMPDIR: out,
      TZ: 'Asia/Kathmandu',
      LANG: 'tr_TR.UTF-8',
      NODE_ENV: 'test',
    };
    execFileSync('unshare', ['--mount', 'sh', '-c', ELSEWHERE, 'sh', ROOT, ...places, String(USER)], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const first = contentOf(builtFolder());
    expect(Object.keys(first).filter((file) => file.endsWith('.deb'))).toHaveLength(2);
    expect(contentOf(join(out, 'now'))).toEqual(first);
  });

  test('of a .zip are the same, whatever the times, modes and order of the files', async () => {
    const one = join(scratch.path, 'zip/one');
    const names = ['keyrack.cmd', 'bin/node.exe', 'lib/ä.js', 'downloads/agent.tar.xz'];
    for (const name of names) {
      mkdirSync(join(one, 'product', name, '..'), { recursive: true });
      writeFileSync(join(one, 'product', name), name.repeat(1_000));
    }
    const other = join(scratch.path, 'zip/the other');
    for (const name of [...names].reverse())
      cpSync(join(one, 'product', name), join(other, 'product', name), { recursive: true });
    const zips = await Promise.all(
      [one, other].map(async (parent) => {
        await packZip(parent, 'product', `${parent}.zip`, false);
        return readFileSync(`${parent}.zip`);
      }),
    );
    expect(zips[0]?.length).toBeGreaterThan(500);
    expect(zips[1]).toEqual(zips[0]);
  });
});

/** Each file below a folder, as what it is and who may do what with it. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        const { mode, size } = statSync(file);
        const inside = relative(folder, file);
        // Modes of what lies unpacked are those of the package; its own files are as the builder makes files.
        const may = inside.includes('/') ? (mode & 0o777).toString(8) : '';
        return [inside, `${createHash('sha256').update(readFileSync(file)).digest('hex')} ${size} ${may}`] as const;
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
