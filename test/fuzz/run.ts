import { parseArgs } from 'node:util';
import { fuzz } from './fuzzer.ts';
import { makeTargets } from './make-targets.ts';

// Feeds every input that strangers reach with what nobody should send: `npm run fuzz -- --inputs N --seed N --only NAME`.
// Ends with one line `inputs N, crashes N, 5xx N, slow N`; anything but zeros behind the first makes it fail.

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Targets whose name contains this. */
    only: { type: 'string', default: '' },
  },
});
const say = (text: string) => void process.stdout.write(`${text}\n`);
const seed = Number(values.seed);
say(`seed ${seed}`);
const targets = (await makeTargets(seed)).filter(({ name }) => name.includes(values.only));
const { inputs, crashes, fiveHundreds, slow } = await fuzz({ inputs: Number(values.inputs), seed, targets, say });
say(`inputs ${inputs}, crashes ${crashes}, 5xx ${fiveHundreds}, slow ${slow}`);
process.exit(crashes + fiveHundreds + slow > 0 ? 1 : 0);
