import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder } from '../../packages/server/src/store/make-folder.ts';
import { runProgram } from '../command-line/run-program.ts';
import { createCaller } from '../faults/caller.ts';
import { clearWhenToldToEnd, type PropertyAtWork, startProperty } from '../faults/property-at-work.ts';
import { type Command, readCommandLine, USAGE } from './command-line.ts';
import { drawCharts } from './draw-charts.ts';
import { BOUNDS, growthOf, isUnboundedMemory } from './growth.ts';
import { startSteadyLoad } from './steady-load.ts';
import { chartsOf, watch } from './watch.ts';

// Real processes under steady load, and what they take over time: `USAGE` says what it takes.

const DESKS = 3;
const MINUTE_MS = 60_000;
/** How often a run looks at its processes. */
const LOOKS = 240;
const LEAST_LOOK_MS = 250;
/** How often a long run says how far it is. Milliseconds. */
const PROGRESS_MS = 30_000;
/** Failures that are told in full. */
const TOLD = 5;

const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async (command) => {
  // Before minutes of work whose plot would have no place.
  makeFolder(dirname(command.plot));
  const atWork = await startProperty({
    desks: DESKS,
    cardsPerEncoder: 12,
    smallDisks: false,
    waits: { cardSeconds: 5, answerSeconds: 8 },
    restartMs: () => 1_000,
  });
  clearWhenToldToEnd(atWork);
  // A run that broke off counts as one that found something.
  let keep = true;
  let lastLine: string;
  try {
    ({ bad: keep, lastLine } = await carryOut(atWork, command));
  } finally {
    await atWork.clear(keep);
    if (keep) say(`kept for looking at: ${atWork.folder}`);
  }
  say(lastLine);
  return keep ? 1 : 0;
});

async function carryOut(
  { property, server, serverPort, desks, folder }: PropertyAtWork,
  { minutes, plot }: Command,
): Promise<{ readonly bad: boolean; readonly lastLine: string }> {
  const parts = [server, ...desks.map(({ part }) => part)];
  say(`${minutes} minutes, ${DESKS} agents, logs in ${folder}`);
  await Promise.all(parts.map((part) => part.whenReady()));
  const began = performance.now();
  const now = () => performance.now() - began;
  const load = startSteadyLoad(property, createCaller(property, serverPort, now));
  const { watched, stop } = watch(parts, Math.max(LEAST_LOOK_MS, (minutes * MINUTE_MS) / LOOKS));
  const progress = setInterval(() => {
    const passed = Math.round((10 * now()) / MINUTE_MS) / 10;
    process.stderr.write(`soak: ${passed} of ${minutes} minutes, ${load.measured.length} operations\n`);
  }, PROGRESS_MS);
  await wait(minutes * MINUTE_MS);
  clearInterval(progress);
  stop();
  await load.stop();

  const { measured } = load;
  const title = `Keyrack under steady load: ${measured.length} operations in ${minutes} minutes`;
  await writeFile(plot, drawCharts(title, chartsOf(watched, measured, minutes)));
  say(`plot: ${plot}`);
  const failures = measured.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  for (const failure of failures.slice(0, TOLD)) say(`failed: ${failure}`);
  const ended = parts.reduce((sum, part) => sum + part.endings().length, 0);
  if (ended > 0) say(`processes that ended by themselves: ${ended}`);

  const grown = watched.map(({ name, points }) => {
    const [memory, descriptors] = [growthOf(points.rssBytes), growthOf(points.descriptors)];
    say(
      `${name}: memory ${megabytes(memory.from)} to ${megabytes(memory.to)}, ` +
        `descriptors ${descriptors.from} to ${descriptors.to}`,
    );
    return { memory, descriptors: descriptors.to - descriptors.from };
  });
  const memoryPercent = Math.max(...grown.map(({ memory }) => memory.percent));
  const descriptors = Math.max(...grown.map((each) => each.descriptors));
  const isGrowing = grown.some(({ memory }) => isUnboundedMemory(memory)) || descriptors > BOUNDS.descriptors;
  return {
    bad: failures.length + ended > 0 || isGrowing,
    lastLine:
      `minutes ${minutes}, operations ${measured.length}, failed ${failures.length}, ` +
      `memory growth ${memoryPercent} %, descriptor growth ${descriptors}`,
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
