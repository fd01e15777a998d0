import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, type Pool } from '../mutate.ts';
import { frame, OPCODE } from './frames.ts';
import { draw } from './manner.ts';

/** Lengths that break what reads them: more than a message may have, more than there is, more than a number holds. */
const LENGTHS = [70_000n, 16n * 1024n + 1n, 16n * 1024n ** 2n, 16n * 1024n ** 2n + 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n];

const KINDS = [
  ['right', 0.3],
  ['fragments', 0.12],
  ['many fragments', 0.01],
  ['reserved', 0.1],
  ['unmasked', 0.06],
  ['wrong length', 0.06],
  ['long', 0.02],
  ['wide', 0.03],
  ['close', 0.08],
  ['control', 0.08],
  ['many pings', 0.02],
  ['bytes', 0.12],
] as const;

/** Frames that carry this, or should: fragments, huge lengths, reserved bits, control frames, unmasked ones. */
export function makeFrames(chance: Chance, pool: Pool, text: string): Buffer {
  const payload = chance.one(0.85) ? Buffer.from(text) : Buffer.from(chance.of(pool.bytes));
  switch (draw(chance, KINDS)) {
    case 'right':
      return frame(chance.one(0.95) ? OPCODE.text : OPCODE.binary, payload);
    case 'fragments':
      // With something between them that is allowed there, or not.
      return Buffer.concat([
        frame(OPCODE.text, payload.subarray(0, 5), { end: false }),
        frame(chance.of([0, 1, 8, 9, 10]), payload.subarray(5, 9), { end: chance.one(0.5) }),
        frame(OPCODE.continuation, payload.subarray(9)),
      ]);
    case 'many fragments':
      return Buffer.concat([
        frame(OPCODE.text, payload.subarray(0, 1), { end: false }),
        ...Array.from({ length: chance.whole(100, 3_000) }, () =>
          frame(OPCODE.continuation, payload.subarray(1, chance.whole(1, 3)), { end: false }),
        ),
      ]);
    case 'reserved':
      return frame(chance.whole(0, 15), payload, { reserved: chance.whole(0, 7) });
    case 'unmasked':
      return frame(OPCODE.text, payload, { masked: false });
    case 'wrong length':
      return frame(chance.one(0.9) ? OPCODE.text : chance.whole(0, 15), payload, { length: chance.of(LENGTHS) });
    case 'long':
      // Announced, and a good part of it comes.
      return frame(OPCODE.text, Buffer.alloc(chance.whole(10_000, 900_000), ' '), {
        length: chance.of([16n * 1024n ** 2n, 1_000_000n]),
        end: chance.one(0.7),
      });
    case 'wide':
      return frame(OPCODE.text, payload, { wide: true });
    case 'close':
      return frame(
        OPCODE.close,
        Buffer.from([chance.whole(0, 255), chance.whole(0, 255), ...payload.subarray(0, 130)]),
      );
    case 'control':
      return frame(chance.of([OPCODE.ping, OPCODE.pong]), payload, { end: chance.one(0.9) });
    case 'many pings':
      return Buffer.concat(
        Array.from({ length: chance.whole(50, 1_000) }, () => frame(OPCODE.ping, payload.subarray(0, 125))),
      );
    case 'bytes':
      return Buffer.from(mutateBytes(chance, pool, frame(OPCODE.text, payload)));
  }
}
