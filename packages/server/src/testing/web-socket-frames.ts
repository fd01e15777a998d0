import { STRANGERS } from '../domain/limits.ts';

/** A masked frame (RFC 6455, 5.2), whole or in so far as `sent` goes. */
export function frame(
  opcode: number,
  payload: Uint8Array,
  { end = true, says = payload.length, reserved = 0 } = {},
): Buffer {
  const head = Buffer.alloc(says < 126 ? 2 : says < 65_536 ? 4 : 10);
  head[0] = (end ? 0x80 : 0) | (reserved << 4) | opcode;
  head[1] = 0x80 | (says < 126 ? says : says < 65_536 ? 126 : 127);
  if (says >= 65_536) head.writeBigUInt64BE(BigInt(says), 2);
  else if (says >= 126) head.writeUInt16BE(says, 2);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Opcodes (RFC 6455, 5.2). */
export const TEXT = 1;
export const REST = 0;
export const PING = 9;
export const PONG = 10;
export const CLOSE = 8;
/** More bytes than a connection may send before the proof. */
export const MUCH = STRANGERS.bytes + 10_000;
export const bytes = (count: number) => Buffer.alloc(count, 'x');
export const repeat = (part: Buffer, total = MUCH) =>
  Buffer.concat(Array.from({ length: Math.ceil(total / part.length) }, () => part));
