import { runProgram } from '../command-line/run-program.ts';
import { tallyText } from '../faults/tally.ts';
import { type Command, readCommandLine, USAGE } from './command-line.ts';
import { createFindings, type Findings } from './findings.ts';
import { fuzz } from './fuzzer.ts';
import { targetsOutside, targetsWithin } from './make-targets.ts';
import { drawPool } from './mutate.ts';
import { TARGET_NAMES } from './target.ts';
import { type Programs, startPrograms } from './under-fuzz/start-programs.ts';
import { BOUNDS, megabytes, type Outcome, verdictOn } from './verdict.ts';
import { watchMemory } from './watch-memory.ts';

// Feeds every input that strangers reach with what nobody should send: `USAGE` says what it takes.

const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async (command) => {
  const { inputs, seed, only, patience } = command;
  const filter = [only === '' ? '' : ` --only '${only}'`, patience === 1 ? '' : ` --patience ${patience}`].join('');
  say(`seed ${seed}; the same inputs again: npm run fuzz -- --inputs ${inputs} --seed ${seed}${filter}`);
  const began = performance.now();
  const outcome = await carryOut(command);
  const { reasons, line } = verdictOn(outcome);
  for (const reason of reasons) say(`wrong: ${reason}`);
  say(`minutes ${((performance.now() - began) / 60_000).toFixed(1)}`);
  say(line);
  return reasons.length > 0 ? 1 : 0;
});

async function carryOut({ inputs, seed, only, patience }: Command): Promise<Outcome> {
  const findings = createFindings(say);
  const pool = drawPool(seed);
  const broken = new AbortController();
  const within = await targetsWithin(pool);
  // What is fed in this process needs no other.
  const needsPrograms = TARGET_NAMES.some((name) => name.includes(only) && !within.some((each) => each.name === name));
  const programs = needsPrograms ? await start(patience, findings, broken) : null;
  const outside = programs === null ? [] : targetsOutside({ pool, programs, findings, patience });
  const memory = watchMemory(programs, inputs, findings, say);
  try {
    await memory.look(0);
    const fed = await fuzz({
      inputs,
      seed,
      only,
      patience,
      targets: [...within, ...outside],
      findings,
      afterRound: (so) => memory.look(so),
      broken: broken.signal,
    });
    if (programs !== null) tellMore(programs);
    return {
      inputs: fed,
      figures: findings.figures,
      memory: memory.memory(),
      right: programs?.right.figures ?? null,
      rightWithinMs: BOUNDS.rightMs * patience,
      broken: broken.signal.aborted ? String(broken.signal.reason) : null,
    };
  } finally {
    await programs?.stop();
  }
}

function start(patience: number, findings: Findings, broken: AbortController): Promise<Programs> {
  return startPrograms(patience, findings, say, (why) => broken.abort(why));
}

function tellMore({ all, right }: Programs): void {
  for (const { name, peakBytes, log } of all) {
    say(`${name}: at most ${megabytes(peakBytes())}; log lines: ${tallyText(log.counts)}`);
  }
  const worst = [...right.worstByKind].map(([kind, ms]) => `${kind} ${Math.round(ms)} ms`);
  say(`slowest right requests: ${worst.join(', ')}`);
}
