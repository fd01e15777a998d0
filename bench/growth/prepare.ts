import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../command-line.ts';
import { BenchError } from '../parts/bench-error.ts';
import { startPart } from '../parts/part.ts';
import { makeNamedFolder } from '../parts/run-folder.ts';
import { makeDatabase } from '../properties/open-properties.ts';
import { type BenchDesk, planProperties } from '../properties/plan-properties.ts';
import { checkSpace } from './check-space.ts';
import type { Fill, FillOutcome } from './fill-main.ts';
import { type HistoryPlan, PLANS, type PlanName, ROOMS_OF_A_HOUSE } from './history-plan.ts';

const DESKS_OF_A_HOUSE = 5;
const FILL = fileURLToPath(new URL('fill-main.ts', import.meta.url));
/** The file that tells when a database was made. Where it lacks, the database has no tables yet. */
const MADE_AT = 'made-at';

export interface Prepared {
  readonly plan: HistoryPlan;
  readonly dataFolder: string;
  /** Up to when its properties had guests. Unix milliseconds. */
  readonly madeAt: number;
  /** The desks of its properties; those of the property with the busy room come last. */
  readonly desks: readonly BenchDesk[];
}

interface Place {
  readonly checkout: string;
  readonly folder: string;
}

/** `npm run bench -- growth --prepare` */
export async function prepare(
  { full, servers, folder }: Extract<Command, { do: 'prepare' }>,
  say: (text: string) => void,
): Promise<number> {
  for (const [nth, checkout] of servers.entries()) {
    const prepared = await prepareHistories(namesOf({ full: full && nth === 0 }), { checkout, folder, say });
    for (const { dataFolder } of prepared.values()) say(`growth: ready in ${dataFolder}`);
  }
  return 0;
}

/** The databases of a run. */
export function namesOf({ full }: { readonly full: boolean }): PlanName[] {
  return full ? ['small', 'audited', 'large', 'full'] : ['small', 'audited', 'large'];
}

export function isPrepared(name: PlanName, place: Place): boolean {
  return existsSync(folderOf(PLANS[name], place));
}

/**
 * The databases of these plans, made once for each version of the tables: in bulk, and with the rows that the server itself
 * leaves of an issue. Throws before it begins where the disk is too small for them.
 */
export async function prepareHistories<Name extends PlanName>(
  names: readonly Name[],
  { say, ...place }: Place & { readonly say: (text: string) => void },
): Promise<ReadonlyMap<Name, Prepared>> {
  const missing = names.filter((name) => !isPrepared(name, place));
  makeNamedFolder(place.folder);
  checkSpace(
    place.folder,
    missing.map((name) => ({ cards: PLANS[name].cards, file: join(unfinishedOf(PLANS[name], place), 'keyrack.db') })),
  );
  for (const name of missing) await makeHistory(PLANS[name], { ...place, say });
  return new Map(names.map((name) => [name, preparedOf(PLANS[name], place)]));
}

async function makeHistory(plan: HistoryPlan, { say, ...place }: Place & { readonly say: (text: string) => void }) {
  const began = performance.now();
  const dataFolder = unfinishedOf(plan, place);
  if (existsSync(join(dataFolder, MADE_AT))) {
    say(`growth: goes on with ${plan.cards.toLocaleString('en')} cards in ${dataFolder} …`);
  } else {
    say(`growth: making ${plan.cards.toLocaleString('en')} cards in ${dataFolder} …`);
    rmSync(dataFolder, { recursive: true, force: true });
    mkdirSync(dataFolder);
    await makeDatabase({ checkout: place.checkout, dataFolder });
    writeFileSync(join(dataFolder, MADE_AT), String(Date.now()));
  }
  const now = madeAtOf(dataFolder);
  const part = startPart(FILL);
  const filling = { file: join(dataFolder, 'keyrack.db'), plan, desks: planDesks(plan), now };
  const outcome = await part.ask<FillOutcome>('fill', filling satisfies Fill);
  await part.kill();
  if (outcome === 'busy')
    throw new BenchError(`Another program is at work on ${dataFolder}. Wait until it has ended, and begin again.`);
  renameSync(dataFolder, folderOf(plan, place));
  say(`growth: made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

function preparedOf(plan: HistoryPlan, place: Place): Prepared {
  const dataFolder = folderOf(plan, place);
  return { plan, dataFolder, desks: planDesks(plan), madeAt: madeAtOf(dataFolder) };
}

function madeAtOf(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, MADE_AT), 'utf8'));
}

function folderOf({ cards }: HistoryPlan, { checkout, folder }: Place): string {
  return join(folder, `growth-${cards}-${tablesOf(checkout)}`);
}

function unfinishedOf(plan: HistoryPlan, place: Place): string {
  return `${folderOf(plan, place)}.unfinished`;
}

/** Names the tables of a checkout: an older server can't open what a newer one has migrated, nor may a migration change. */
function tablesOf(checkout: string): string {
  const folder = join(checkout, 'packages/server/src/store/sqlite/migrations');
  const files = readdirSync(folder).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(folder, file)));
  return `${files.at(-1)?.slice(0, 4) ?? ''}-${hash.digest('hex').slice(0, 8)}`;
}

export function planDesks({ properties, busyRoom }: HistoryPlan): BenchDesk[] {
  return planProperties({
    desks: (properties + (busyRoom > 0 ? 1 : 0)) * DESKS_OF_A_HOUSE,
    desksPerProperty: DESKS_OF_A_HOUSE,
    encodersPerDesk: 1,
    cardsPerEncoder: 0,
    roomsPerDesk: ROOMS_OF_A_HOUSE / DESKS_OF_A_HOUSE,
  }).desks.slice();
}
