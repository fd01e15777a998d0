import { randomBytes } from 'node:crypto';

/** What may be said of a frame that isn't so. */
export interface FrameOptions {
  readonly end?: boolean;
  /** The three bits RSV1 to RSV3. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** The length that it says it has. */
  readonly length?: bigint;
  /** Writes the length in more bytes than it needs, which isn't allowed. */
  readonly wide?: boolean;
}

const MASKED_BYTES = 16 * 1024;

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One WebSocket frame (RFC 6455, 5.2), right unless told otherwise. */
export function frame(opcode: number, payload: Uint8Array, options: FrameOptions = {}): Buffer {
  const { end = true, reserved = 0, masked = true, length = BigInt(payload.length), wide = false } = options;
  const head = Buffer.alloc(10);
  head[0] = (end ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  let headLength = 2;
  if (length < 126n && !wide) head[1] = mask | Number(length);
  else if (length < 65_536n && !wide) {
    head[1] = mask | 126;
    head.writeUInt16BE(Number(length), 2);
    headLength = 4;
  } else {
    head[1] = mask | 127;
    head.writeBigUInt64BE(length, 2);
    headLength = 10;
  }
  if (!masked) return Buffer.concat([head.subarray(0, headLength), payload]);
  // A mask of zeros changes nothing, and is a mask all the same: long payloads would take their time otherwise.
  if (payload.length > MASKED_BYTES) return Buffer.concat([head.subarray(0, headLength), Buffer.alloc(4), payload]);
  const key = randomBytes(4);
  const body = Buffer.from(payload.map((byte, i) => byte ^ (key[i % 4] ?? 0)));
  return Buffer.concat([head.subarray(0, headLength), key, body]);
}

export function textFrame(value: unknown): Buffer {
  return frame(OPCODE.text, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

/** The request that asks for a WebSocket, without the line that ends its headers. */
export const UPGRADE_LINES = [
  'GET /agent HTTP/1.1',
  'Host: keyrack.example',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
] as const;

export const UPGRADE = Buffer.from(`${UPGRADE_LINES.join('\r\n')}\r\n\r\n`);
