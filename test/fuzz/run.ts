import { runProgram } from '../command-line/run-program.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { fuzz } from './fuzzer.ts';
import { makeTargets } from './make-targets.ts';

// Feeds every input that strangers reach with what nobody should send: `USAGE` says what it takes.

const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async ({ inputs, seed, only }) => {
  say(`seed ${seed}; the same inputs again: npm run fuzz -- --inputs ${inputs} --seed ${seed}`);
  const figures = await fuzz({ inputs, seed, only, targets: await makeTargets(seed), say });
  const { crashes, fiveHundreds, slow } = figures;
  say(`inputs ${figures.inputs}, crashes ${crashes}, 5xx ${fiveHundreds}, slow ${slow}`);
  return crashes + fiveHundreds + slow > 0 ? 1 : 0;
});
