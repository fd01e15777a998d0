import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debianFile } from '../../packaging/build/debian.ts';
import { FORMS, nameOf } from '../../packaging/build/forms.ts';
import { PRODUCT_NAMES } from '../../packaging/build/products.ts';
import { scratchFolder } from '../world/scratch.ts';
import { SET_UP_LINK, setUpProperty, setUpTokenIn } from '../world/set-up.ts';
import { until } from '../world/until.ts';
import { buildInto } from './testing/build-once.ts';
import { describeAsRoot } from './testing/describe-as-root.ts';
import { BARE } from './testing/packages.ts';
import { unpackImage } from './testing/unpack-image.ts';

/** What is built for arm64, which no machine of the tests is: qemu runs its programs, with the libraries of the image. */

const run = promisify(execFile);
const QEMU = 'qemu-aarch64-static';
const TARGET = 'linux-arm64';
/** qemu takes ten seconds where nothing else runs. */
const LONGEST_START_MS = 240_000;
/** What https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html says of a program's machine, in the bytes 18 and 19. */
const AARCH64 = 183;

describeAsRoot('what is built for arm64', ['mmdebstrap', QEMU, 'dpkg-deb'], () => {
  const scratch = scratchFolder();
  const built = (file: string | null) => join(scratch.path, 'arm64', file ?? '');
  let root: string;

  beforeAll(() => {
    buildInto(scratch.path, 'arm64');
    ({ root } = unpackImage(built(FORMS.image.file('server', VERSION, TARGET)), scratch.path));
  });
  afterAll(() => scratch.remove());

  /** How a program of that version's folder is started. */
  const program = (version: string, ...args: readonly string[]): [string, string[]] => [
    QEMU,
    ['-L', root, join(version, 'bin/node'), join(version, 'lib/main.js'), ...args],
  ];

  test('the server starts, prints its link, is set up and answers', async () => {
    const data = join(scratch.path, 'data');
    mkdirSync(data);
    const version = join(root, 'opt/keyrack-server/versions', VERSION);
    const env = { PATH: process.env.PATH, KEYRACK_DATA: data, HOST: '127.0.0.1', PORT: '0' };
    const serving = spawn(...program(version, 'serve'), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(serving, 'exit');
    let printed = '';
    for (const stream of [serving.stdout, serving.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    try {
      const isThere = () => {
        if (serving.exitCode !== null) throw new Error(`it ended with code ${serving.exitCode}:\n${printed}`);
        return printed.includes(SET_UP_LINK);
      };
      await until('it prints its link', isThere, LONGEST_START_MS);
      const { url } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'));
      await setUpProperty(url, setUpTokenIn(printed));
      const document = await (await fetch(`${url}/v1/openapi.json`)).json();
      expect(document).toMatchObject({ openapi: expect.any(String), info: { version: expect.any(String) } });
    } finally {
      serving.kill('SIGTERM');
      await ended;
    }
    expect(serving.exitCode, printed).toBe(0);
  });

  test('the agent says its version', async () => {
    const version = join(built(nameOf('agent', VERSION, TARGET)), 'keyrack-agent/versions', VERSION);
    expect((await run(...program(version, '--version'), { env: { PATH: process.env.PATH } })).stdout.trim()).toBe(
      VERSION,
    );
  });

  test("Debian's packages are of that architecture, with a Node of that machine", () => {
    for (const product of PRODUCT_NAMES) {
      const file = built(debianFile(product, VERSION, TARGET));
      const field = execFileSync('dpkg-deb', ['--field', file, 'Architecture'], { env: BARE, encoding: 'utf8' });
      expect(field.trim()).toBe('arm64');
      const to = join(scratch.path, product);
      execFileSync('dpkg-deb', ['--extract', file, to], { env: BARE });
      const folder = join(to, 'usr/lib', `keyrack-${product}`);
      const machineCode = execFileSync('find', [folder, '-name', '*.node', '-o', '-path', '*/bin/node'], {
        env: BARE,
        encoding: 'utf8',
      });
      const files = machineCode.trim().split('\n');
      expect(files.length).toBeGreaterThan(1);
      for (const each of files) expect(readFileSync(each).readUInt16LE(18), each).toBe(AARCH64);
    }
  });
});
