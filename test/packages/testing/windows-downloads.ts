import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { packZip } from '../../../packaging/build/archive.ts';
import { writeChecksums } from '../../../packaging/build/checksums.ts';
import { FORMS } from '../../../packaging/build/forms.ts';
import { TEST_KEY } from './test-key.ts';

/** Offers this package as another version, whose program is that, in the place of what was offered. */
export async function offerInstead(
  folder: string,
  unpackedPackage: string,
  { version, main, scratch }: { readonly version: string; readonly main: string; readonly scratch: string },
): Promise<void> {
  const stage = join(scratch, 'stage');
  mkdirSync(stage);
  cpSync(unpackedPackage, join(stage, 'keyrack-agent'), { recursive: true });
  const made = join(stage, 'keyrack-agent/versions', version);
  renameSync(join(stage, 'keyrack-agent/versions', VERSION), made);
  writeFileSync(join(made, 'lib/main.js'), main);
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  const archive = join(folder, FORMS.archive.file('agent', version, 'win-x64'));
  await packZip(stage, 'keyrack-agent', archive, true);
  await writeChecksums(folder, [archive], version, readSecretKey(TEST_KEY.secret));
  rmSync(stage, { recursive: true });
}
