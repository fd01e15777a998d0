import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openPcsc } from '../native/reader-process.ts';

// A program that opens a card, tells who calls PC/SC for it, and asks the card twice. Never ends by itself.
const port = await openPcsc();
const [reader = ''] = process.argv.slice(2);
const service = port.start({
  ready: async () => {
    const card = await connect();
    await card.transmit(Uint8Array.of(0xff, 0xca, 0, 0, 0));
    const [host] = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
    process.send?.(Number(host));
    await card.transmit(Uint8Array.of(0xff, 0xca, 0, 0, 0));
  },
  changed: () => {},
  gone: () => {},
  failed: () => {},
});
setInterval(() => {}, 1_000);

/** The card may still be waking up. */
async function connect(): ReturnType<typeof service.connect> {
  for (;;) {
    const card = await service.connect(reader).catch(() => null);
    if (card !== null) return card;
    await setTimeout(20);
  }
}
