import { createHash } from 'node:crypto';

/** Of a program of Windows with 64 bits, by Microsoft's description of the format "PE". Bytes. */
const PLACES = { headerAt: 0x3c, checksum: 0x58, certificates: 0xa8 } as const;

/**
 * Whether a program of Windows is as whoever signed it did: its signature (Authenticode) names the checksum of all bytes but
 * the signature itself. Who signed isn't looked at.
 */
export function isAsSigned(program: Buffer): boolean {
  const header = program.readUInt32LE(PLACES.headerAt);
  const [checksum, certificates] = [header + PLACES.checksum, header + PLACES.certificates];
  const begin = program.readUInt32LE(certificates);
  const signature = program.subarray(begin, begin + program.readUInt32LE(certificates + 4));
  if (begin === 0 || signature.length === 0) return false;
  const hash = createHash('sha256')
    .update(program.subarray(0, checksum))
    .update(program.subarray(checksum + 4, certificates))
    .update(program.subarray(certificates + 8, begin));
  return signature.includes(hash.digest());
}
