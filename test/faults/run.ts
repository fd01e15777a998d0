import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSqliteStore } from '@keyrack/server/store/index.ts';
import { runProgram } from '../command-line/run-program.ts';
import { createCaller } from './caller.ts';
import { chanceOf } from './chance.ts';
import { type Command, readCommandLine, USAGE } from './command-line.ts';
import { type Episodes, startEpisodes } from './episodes.ts';
import { type Faults, startFaults } from './faults.ts';
import type { Inspection, InspectTransactions } from './inspect-transactions.ts';
import { type Load, startLoad } from './load.ts';
import { type Ending, GIVEN_UP } from './part.ts';
import { readPlastic } from './plastic.ts';
import { clearWhenToldToEnd, type PropertyAtWork, startProperty } from './property-at-work.ts';
import { readJournals } from './read-journals.ts';
import { settle } from './settle.ts';
import { tally, tallyText } from './tally.ts';
import { judge } from './verdict.ts';

// Real processes, really killed: `USAGE` says what it takes. A run that found something keeps its folder and names it.

/** How often a long run says how far it is. Milliseconds. */
const PROGRESS_MS = 30_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

await runProgram({ usage: USAGE, read: readCommandLine }, async (command) => {
  const chance = chanceOf(command.seed);
  const atWork = await startProperty({
    desks: command.desks,
    cardsPerEncoder: 12,
    smallDisks: true,
    waits: { cardSeconds: 2, answerSeconds: 3 },
    restartMs: () => chance.between(20, 200),
  });
  clearWhenToldToEnd(atWork);
  // A run that broke off counts as one that found something.
  let keep = true;
  let lastLine: string;
  try {
    ({ found: keep, lastLine } = await carryOut(atWork, command, chance));
  } finally {
    await atWork.clear(keep);
    if (keep) say(`kept for looking at: ${atWork.folder}`);
  }
  say(lastLine);
  return keep ? 1 : 0;
});

async function carryOut(
  atWork: PropertyAtWork,
  { minutes, seed, desks: deskCount, only }: Command,
  chance: ReturnType<typeof chanceOf>,
): Promise<{ readonly found: boolean; readonly lastLine: string }> {
  const { property, databaseFile, folder, server, serverDisk, desks, callers } = atWork;
  const parts = [server, ...desks.map(({ part }) => part)];
  const again = `npm run faults -- --minutes ${minutes} --seed ${seed} --desks ${deskCount} --only ${[...only].join(',')}`;
  say(`seed ${seed}, ${minutes} minutes, ${deskCount} agents, logs in ${folder}; the same draws again: ${again}`);
  if (atWork.noSmallDisks !== null) say(`left out: full disks (${atWork.noSmallDisks})`);
  await Promise.all(parts.map((part) => part.whenReady()));

  const began = Date.now();
  const now = () => Date.now() - began;
  const caller = createCaller(property, callers.port, now);
  const load = startLoad({ property, caller, chance });
  const lostJournals = join(folder, 'lost-journals');
  await mkdir(lostJournals);
  const faults = startFaults({ server, serverDisk, callers, desks, lostJournals }, only, chance);
  const episodes = await startEpisodes({ atWork, wanted: only, chance, faults, load, served: caller.served, now });
  for (const leftOut of episodes.leftOut) say(`left out: ${leftOut}`);
  const progress = setInterval(() => {
    const passed = Math.round((Date.now() - began) / 6_000) / 10;
    const told = `${killsOf(faults)} kills, ${totalOf(episodes.counts)} episodes, ${caller.ledger.length} requests`;
    process.stderr.write(`faults: ${passed} of ${minutes} minutes, ${told}\n`);
  }, PROGRESS_MS);
  await wait(minutes * 60_000);
  clearInterval(progress);
  await episodes.stop();
  await faults.stop();
  const lastFaultAt = Date.now();
  await load.stop();
  const { stuck, unknown } = await settle(databaseFile, load, lastFaultAt);
  await Promise.all(parts.map((part) => part.stop()));

  const database = await inspect(databaseFile, property.propertyId);
  const lost = (await readdir(lostJournals)).map((name) => join(lostJournals, name));
  const folderOf = new Map(load.cards().map(({ desk, card }) => [card.serial as string, desk.folder]));
  const verdict = judge({
    ledger: caller.ledger,
    database,
    journals: [...desks.map(({ journalFolder }) => journalFolder), ...lost].flatMap(readJournals),
    suspicions: load.suspicions,
    plasticOf(serial) {
      const at = folderOf.get(serial);
      return at === undefined ? null : readPlastic(at, serial as Parameters<typeof readPlastic>[1], property.cardKey);
    },
  });

  tellWhatHappened(faults, episodes, caller.ledger, database, load);
  const ends = parts.flatMap(({ name, endings }) => endings().map((ending) => ({ name, ...ending })));
  say(`ended by themselves: ${tallyText(tally(ends.map(({ name, how, atWork }) => endText(name, how, atWork))))}`);
  for (const sentence of verdict.lost) say(`lost: ${sentence}`);
  for (const sentence of verdict.contradictions) say(`contradiction: ${sentence}`);
  for (const each of stuck) say(`stuck: ${JSON.stringify(each)}`);
  for (const sentence of episodes.late) say(`late: ${sentence}`);
  say(`unknown for good: ${tallyText(unknown)}`);
  const found = {
    lost: verdict.lost.length,
    contradictions: verdict.contradictions.length,
    stuck: stuck.length,
    late: episodes.late.length,
    // One that can't go on says so, and is started anew; one that can't even start is tried again.
    ended: ends.filter(({ how, atWork }) => atWork && how !== GIVEN_UP).length,
  };
  const isBad = Object.values(found).some((count) => count > 0);
  const bad = Object.entries(found).map(([name, count]) => `${name} ${count}`);
  const numbers = [
    `kills ${killsOf(faults)}`,
    `episodes ${totalOf(episodes.counts)}`,
    `operations ${database.operations.length}`,
    ...bad,
  ];
  const slowest = `slowest recovery ${Math.round(episodes.slowestMs())} ms`;
  return { found: isBad, lastLine: `${isBad ? 'failed' : 'held'}: ${numbers.join(', ')}; ${slowest}` };
}

function endText(name: string, how: Ending['how'], atWork: boolean): string {
  return `${name} with ${how}${atWork ? '' : ' at its start'}`;
}

function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function killsOf({ counts }: Faults): number {
  return (counts.get('kill agent') ?? 0) + (counts.get('kill server') ?? 0);
}

async function inspect(file: string, propertyId: string): Promise<Inspection> {
  const store = await openSqliteStore<InspectTransactions>({
    file,
    transactions: new URL('./inspect-transactions.ts', import.meta.url),
  });
  const database = await store.run('inspect', { propertyId });
  await store.close();
  return database;
}

function tellWhatHappened(
  { counts }: Faults,
  episodes: Episodes,
  ledger: ReturnType<typeof createCaller>['ledger'],
  { operations, audit }: Inspection,
  { gone }: Load,
): void {
  say(`faults: ${tallyText(counts)}`);
  say(`episodes: ${tallyText(episodes.counts)}`);
  const answers = ledger.flatMap((asked) => asked.answers);
  say(`answers: ${tallyText(tally(answers.map(({ http, status }) => (http === 0 ? 'none' : String(status)))))}`);
  say(`operations by state: ${tallyText(tally(operations.map(({ kind, state }) => `${kind} ${state}`)))}`);
  say(`operations by cause: ${tallyText(tally(operations.map(({ cause }) => cause ?? 'none')))}`);
  const unknown = audit.filter(({ action }) => action === 'operation-unknown');
  const causes = unknown.map(({ details }) => (JSON.parse(details) as { cause: string }).cause);
  say(`unknown for a while: ${tallyText(tally(causes))}`);
  say(`cards that went away in the middle: ${gone.size}`);
}
