import type { Serial } from './identifiers.ts';

/** The UID bytes, 1 to 16, that a serial stands for. Throws a RangeError when it isn't pairs of upper-case hex digits. */
export function uidOf(serial: Serial): Uint8Array {
  if (!/^(?:[0-9A-F]{2}){1,16}$/.test(serial))
    throw new RangeError('a serial is 1 to 16 pairs of upper-case hex digits');
  return new Uint8Array(Buffer.from(serial, 'hex'));
}
