import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '@keyrack/server/store/index.ts';
import { createCaller } from './caller.ts';
import { chanceOf } from './chance.ts';
import { startFaults } from './faults.ts';
import { type HouseAtWork, startHouse } from './house-at-work.ts';
import type { InspectTransactions } from './inspect-transactions.ts';
import { startLoad } from './load.ts';
import { readPlastic } from './plastic.ts';
import { readJournals } from './read-journals.ts';
import { settle } from './settle.ts';
import { judge } from './verdict.ts';

// Real processes, really killed: `npm run faults -- --minutes N`. Says what it did, and ends with one line
// `kills N, operations N, lost N, contradictions N, stuck N`; anything but zeros behind the second makes it fail.
// A run that found something keeps its folder and names it.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    desks: { type: 'string', default: '3' },
  },
});
const minutes = Number(values.minutes);
const chance = chanceOf(Number(values.seed));
const say = (text: string) => void process.stdout.write(`${text}\n`);

const endpoints = await issuesCards();
const atWork = await startHouse({
  desks: Number(values.desks),
  cardsPerEncoder: endpoints ? 12 : 40 + Math.ceil(minutes * 60),
  allIssued: !endpoints,
  smallDisks: true,
  waits: { cardSeconds: 2, answerSeconds: 3 },
  restartMs: () => chance.between(20, 200),
});
let bad = true;
process.once('SIGINT', () => void atWork.clear(false).then(() => process.exit(130)));
process.once('SIGTERM', () => void atWork.clear(false).then(() => process.exit(143)));
try {
  bad = await carryOut(atWork);
} finally {
  await atWork.clear(bad);
  if (bad) say(`kept for looking at: ${atWork.folder}`);
}
process.exitCode = bad ? 1 : 0;

async function carryOut({
  house,
  databaseFile,
  folder,
  server,
  desks,
  callers,
  ...rest
}: HouseAtWork): Promise<boolean> {
  say(`seed ${values.seed}, ${values.minutes} minutes, ${desks.length} agents, logs in ${folder}`);
  if (rest.noSmallDisks !== null) say(`skipped: full disk (${rest.noSmallDisks})`);
  await Promise.all([server, ...desks.map(({ part }) => part)].map((part) => part.whenReady()));

  const began = Date.now();
  const caller = createCaller(house, callers.port, () => Date.now() - began);
  const load = startLoad({ house, caller, chance, issuing: endpoints, clumsy: true });
  const lostJournals = join(folder, 'lost-journals');
  await mkdir(lostJournals);
  const faults = startFaults({ server, serverDisk: rest.serverDisk, callers, desks, lostJournals }, chance);
  await wait(minutes * 60_000);
  await faults.stop();
  await load.stop();
  const { stuck, unknown } = await settle(databaseFile, load);
  await Promise.all([...desks.map(({ part }) => part), server].map((part) => part.stop()));

  const store = await openSqliteStore<InspectTransactions>({
    file: databaseFile,
    transactions: new URL('./inspect-transactions.ts', import.meta.url),
  });
  const database = await store.run('inspect', { propertyId: house.propertyId });
  await store.close();
  const lost = (await readdir(lostJournals)).map((name) => join(lostJournals, name));
  const folderOf = new Map(load.cards().map(({ desk, card }) => [card.serial as string, desk.folder]));
  const verdict = judge({
    ledger: caller.ledger,
    database,
    journals: [...desks.map(({ journalFolder }) => journalFolder), ...lost].flatMap(readJournals),
    suspicions: load.suspicions,
    plasticOf(serial) {
      const at = folderOf.get(serial);
      return at === undefined ? null : readPlastic(at, serial as Parameters<typeof readPlastic>[1], house.cardKey);
    },
  });

  for (const [kind, count] of faults.counts) say(`${kind}: ${count}`);
  const answers = caller.ledger.flatMap((asked) => asked.answers);
  say(`answers: ${tally(answers.map(({ http, status }) => (http === 0 ? 'none' : String(status))))}`);
  say(`operations by state: ${tally(database.operations.map(({ kind, state }) => `${kind} ${state}`))}`);
  say(`operations by cause: ${tally(database.operations.map(({ cause }) => cause ?? 'none'))}`);
  for (const part of [server, ...desks.map(({ part: each }) => each)]) {
    if (part.endedByItself() > 0) say(`ended by itself: ${part.name} ${part.endedByItself()} times`);
  }
  for (const sentence of verdict.lost) say(`lost: ${sentence}`);
  for (const sentence of verdict.contradictions) say(`contradiction: ${sentence}`);
  for (const each of stuck) say(`stuck: ${JSON.stringify(each)}`);
  say(`unknown: ${[...unknown].map(([cause, count]) => `${cause} ${count}`).join(', ') || 'none'}`);
  const kills = (faults.counts.get('kill agent') ?? 0) + (faults.counts.get('kill server') ?? 0);
  const found = [verdict.lost.length, verdict.contradictions.length, stuck.length];
  say(
    `kills ${kills}, operations ${database.operations.length}, lost ${found[0]}, contradictions ${found[1]}, stuck ${found[2]}`,
  );
  return found.some((count) => count > 0);
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
}

/** Whether this server issues cards over HTTP. */
async function issuesCards(): Promise<boolean> {
  const { ROOM_CARD_PATHS } = await import('@keyrack/server/http/room-card-routes.ts');
  return ROOM_CARD_PATHS.has('/Home/Qrm/makeRoomCard');
}
