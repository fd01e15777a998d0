import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type MinisignSecretKey, newFileHash, signHash } from '@keyrack/protocol/minisign.ts';

/** As `sha256sum --check` reads them. */
export const CHECKSUMS = 'SHA256SUMS';
/** As `minisign -V` reads it. */
export const SIGNATURE = `${CHECKSUMS}.minisig`;

/** Writes the checksums of these files, and with a key the signature of that file. Returns the names of what it wrote. */
export async function writeChecksums(
  folder: string,
  files: readonly string[],
  version: string,
  key: MinisignSecretKey | null,
): Promise<string[]> {
  const lines: string[] = [];
  for (const file of [...files].sort()) lines.push(`${await sha256(file)}  ${basename(file)}\n`);
  const text = lines.join('');
  await writeFile(join(folder, CHECKSUMS), text);
  if (key === null) return [CHECKSUMS];
  const signature = signHash(key, newFileHash().update(text).digest(), `${CHECKSUMS} of Keyrack ${version}`);
  await writeFile(join(folder, SIGNATURE), signature);
  return [CHECKSUMS, SIGNATURE];
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
