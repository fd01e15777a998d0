import { checkSignature, type MinisignPublicKey, newFileHash } from '@keyrack/protocol/minisign.ts';
import { compareVersions, validateStrict } from 'compare-versions';
import { UpdateFailure } from './update-failure.ts';

/** What a server offers: the texts of its checksums and their signature, and where the archive is. */
export interface Offer {
  /** Of the archive. */
  readonly name: string;
  /** Of SHA256SUMS. */
  readonly checksums: string;
  /** Of SHA256SUMS.minisig; null where nobody signed. */
  readonly signature: string | null;
}

/** What is known of an archive once its signature was checked. */
export interface SignedArchive {
  readonly version: string;
  readonly name: string;
  /** In hex. */
  readonly sha256: string;
}

/** A version as packages have it, which is also a folder's name: it holds nothing that a path understands. */
export function isVersion(text: string): boolean {
  return text.length <= 40 && /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?$/.test(text) && validateStrict(text);
}

/** Whether one version comes after another by the order of semantic versioning. */
export const isNewer = (version: string, than: string): boolean => compareVersions(version, than) > 0;

/** The archive's name tells the version; null for another product, system, or no archive at all. */
export function versionOfArchive(name: string, system: string): string | null {
  const end = `-${system}.${system.startsWith('win-') ? 'zip' : 'tar.xz'}`;
  const begin = 'keyrack-agent-';
  if (!name.startsWith(begin) || !name.endsWith(end)) return null;
  const version = name.slice(begin.length, -end.length);
  return isVersion(version) ? version : null;
}

/**
 * Checks what a server offers against the key of this build. Only what is signed is believed: the checksum, by the archive's
 * name, and with it version and system. An older version that was signed once is refused: its faults are known.
 * @throws UpdateFailure
 */
export function judgeOffer(
  key: MinisignPublicKey,
  { own, system }: { readonly own: string; readonly system: string },
  { name, checksums, signature }: Offer,
): SignedArchive {
  const version = versionOfArchive(name, system);
  if (version === null)
    throw new UpdateFailure(
      'nothing-for-system',
      `The server offers nothing that fits ${system}; it offers "${name}".`,
    );
  if (!isNewer(version, own))
    throw new UpdateFailure('not-newer', `The server offers version ${version}, and ${own} runs here already.`);
  if (signature === null)
    throw new UpdateFailure('not-signed', `Nobody signed version ${version}; this program takes signed ones alone.`);
  const signed = checkSignature(key, newFileHash().update(checksums).digest(), signature);
  if (signed === null)
    throw new UpdateFailure(
      'wrong-signature',
      `Version ${version} isn't signed by the key of this program. Tell the server's administrator: it may be forged.`,
    );
  // The list of another release may name this archive too, and nothing else tells when it was made.
  if (signed !== `SHA256SUMS of Keyrack ${version}`)
    throw new UpdateFailure('wrong-signature', `The signature that came with version ${version} is of "${signed}".`);
  const lines = checksums.split('\n').map((line) => /^([0-9a-f]{64}) [ *](.+)$/.exec(line));
  const found = lines.filter((line) => line?.[2] === name);
  const sha256 = found[0]?.[1];
  if (sha256 === undefined || found.length > 1)
    throw new UpdateFailure('not-listed', `The signed checksums don't name ${name} once.`);
  return { version, name, sha256 };
}
