import { cmac } from '@noble/ciphers/aes.js';

/** AES-128-CMAC (RFC 4493): 16 bytes. Throws a RangeError when the key isn't 16 bytes long. */
export function aesCmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  // The library takes longer keys too, and would then compute another function.
  if (key.length !== 16) throw new RangeError(`an AES-128-CMAC key has 16 bytes, not ${key.length}`);
  return cmac(message, key);
}
