import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FILES_TIME } from './archive.ts';
import { type DebianPackage, debianPackage, scriptOf, unitOf } from './debian-parts.ts';
import type { LaidOut } from './lay-out.ts';
import type { ProductName } from './products.ts';
import { runTool } from './run-tool.ts';
import { setModes } from './stage.ts';
import { isWindows, TARGETS, type TargetName } from './targets.ts';

/** `keyrack-agent_1.2.3_amd64.deb`, as Debian names files of packages; null for systems that aren't Debian's. */
export function debianFile(product: ProductName, version: string, target: TargetName): string | null {
  if (isWindows(target)) return null;
  const { name } = debianPackage(product);
  return `${name}_${debianVersion(version)}_${architectureOf(target)}.deb`;
}

/** Writes a product as a package of Debian. The same files give the same bytes. It needs no root: all of it is said to be root's. */
export async function writeDebian(laid: LaidOut, file: string): Promise<void> {
  const { root, product, target, version, parent, scratch, quick } = laid;
  const made = debianPackage(product);
  const tree = join(scratch, 'tree');
  const program = join(tree, 'usr/lib', made.name);
  mkdirSync(dirname(program), { recursive: true });
  // Links take no time, and nothing below changes a file that is there.
  await runTool('cp', { cwd: parent, args: ['-al', join(parent, made.name, 'versions', version), program] });
  const from = join(root, 'packaging/debian');
  const put = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  const own = (name: string) => readFileSync(join(from, made.name, name), 'utf8');

  cpSync(join(from, 'keyrack'), join(program, 'keyrack'));
  put(`usr/lib/${made.name}/installation.json`, `${JSON.stringify(INSTALLATION, null, 2)}\n`);
  // apt brings newer versions, and nothing else does.
  rmSync(join(program, 'release-key.pub'), { force: true });
  const documents = `usr/share/doc/${made.name}`;
  put(`${documents}/changelog.gz`, gzip(changelog(made, version)));
  put(`${documents}/copyright`, COPYRIGHT);
  put(`${documents}/parts.gz`, gzip(readFileSync(join(program, 'LICENCES'), 'utf8')));
  for (const name of ['LICENSE', 'LICENCES', 'CHANGELOG.md']) rmSync(join(program, name));
  put(`usr/share/lintian/overrides/${made.name}`, overrides(made));
  put(`usr/lib/sysusers.d/${made.name}.conf`, own('sysusers.conf'));
  put(`etc/keyrack/${made.settings}`, own(made.settings));
  put(
    `lib/systemd/system/${made.name}.service`,
    unitOf(made, readFileSync(join(root, `packaging/${made.name}.service`), 'utf8')),
  );
  if (product === 'agent') {
    put('lib/systemd/system/keyrack-agent.path', own('keyrack-agent.path'));
    put('usr/share/polkit-1/rules.d/50-keyrack-agent.rules', own('polkit.rules'));
  }
  const bytes = sizeOf(tree);
  put('DEBIAN/control', control(made, version, target, bytes));
  put('DEBIAN/conffiles', `/etc/keyrack/${made.settings}\n`);
  setModes(tree);
  // It may hold the password of a proxy, or the master key.
  chmodSync(join(tree, 'etc/keyrack', made.settings), 0o600);
  for (const script of ['postinst', 'prerm', 'postrm']) {
    put(`DEBIAN/${script}`, scriptOf(made, readFileSync(join(from, script), 'utf8')));
    chmodSync(join(tree, 'DEBIAN', script), 0o755);
  }
  await runTool('dpkg-deb', {
    cwd: scratch,
    args: ['--root-owner-group', ...(quick ? ['-Znone'] : made.compression), '--build', tree, file],
    env: { SOURCE_DATE_EPOCH: String(FILES_TIME) },
  });
}

/** What the program knows of how it was installed: see packages/cli/src/packaged/installation.ts. */
const INSTALLATION = {
  command: 'keyrack',
  updatedBy: 'apt',
  folders: { server: '/var/lib/keyrack', agent: '/var/lib/keyrack-agent' },
} as const;

const architectureOf = (target: TargetName) => (TARGETS[target].cpu === 'x64' ? 'amd64' : 'arm64');

/** `1.2.3-rc.1` comes before `1.2.3`, which Debian writes with a tilde. */
const debianVersion = (version: string) => version.replace('-', '~');

const MAINTAINER = 'The Keyrack authors <authors@keyrack.example>';

function control(made: DebianPackage, version: string, target: TargetName, bytes: number): string {
  const { name, depends, recommends, summary, description } = made;
  return `${[
    `Package: ${name}`,
    `Version: ${debianVersion(version)}`,
    `Architecture: ${architectureOf(target)}`,
    `Maintainer: ${MAINTAINER}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    `Depends: ${depends.join(', ')}`,
    ...(recommends.length > 0 ? [`Recommends: ${recommends.join(', ')}`] : []),
    'Section: admin',
    'Priority: optional',
    `Description: ${summary}`,
    ...description.map((line) => ` ${line}`),
  ].join('\n')}\n`;
}

const changelog = (
  { name }: DebianPackage,
  version: string,
) => `${name} (${debianVersion(version)}) stable; urgency=medium

  * CHANGELOG.md of the sources says what is new in ${version}.

 -- ${MAINTAINER}  ${new Date(FILES_TIME * 1000).toUTCString().replace('GMT', '+0000')}
`;

const COPYRIGHT = `Keyrack
Copyright 2026 the Keyrack authors
License: Apache-2.0

On Debian the text of the Apache License, version 2.0, is in /usr/share/common-licenses/Apache-2.0.

parts.gz beside this file names what else is inside, Node and packages of npm's registry, each with its licence.
`;

/** What lintian would have otherwise, and why it stays. */
const overrides = ({ name }: DebianPackage) =>
  [
    '# Node and the parts in machine code are those that their makers published, to the byte.',
    ...['embedded-library', 'unstripped-binary-or-object', 'hardening-no-pie'],
    '# Files of settings may hold a password or a key.',
    'non-standard-file-perm',
    '# There is no address: SECURITY.md of the sources says whom to tell.',
    ...['bogus-mail-host', 'bogus-mail-host-in-debian-changelog'],
  ]
    .map((line) => (line.startsWith('#') ? line : `${name}: ${line}`))
    .join('\n')
    .concat('\n');

const gzip = (text: string) => gzipSync(text, { level: 9 });

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
