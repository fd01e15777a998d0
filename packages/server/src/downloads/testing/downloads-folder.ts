import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Puts files into a folder with their checksums, as a build of packages leaves them. */
export function putDownloads(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
  { signature = null }: { readonly signature?: string | null } = {},
): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const sums = Object.entries(files).map(([name, bytes]) => `${sha256Of(bytes)}  ${name}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
  if (signature !== null) writeFileSync(join(folder, 'SHA256SUMS.minisig'), signature);
}
