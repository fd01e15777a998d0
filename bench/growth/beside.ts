import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measured } from '../load/load-main.ts';
import { type Part, startPart } from '../parts/part.ts';
import { quantile } from '../report/statistics.ts';
import { QUERY_DAYS } from './history-plan.ts';
import type { OpenHistory } from './open-history.ts';

/** Callers that issue and cancel meanwhile. */
const CALLERS = 4;
/** Requests for a month of a room, at once … */
const QUERIES = 10;
/** … and so often. Milliseconds. */
const QUERIES_EVERY_MS = 1_000;
const HELD_UP_MS = 500;

export interface Beside {
  readonly alone: { readonly cancelP99Ms: number };
  readonly beside: { readonly cancelP99Ms: number; readonly verifySeconds: number };
}

/** Card work alone, and then while ten rooms' months are asked for again and again and the audit log is verified. */
export async function measureBeside(
  load: Part,
  { name, server: { dataFolder }, madeAt }: OpenHistory,
  { checkout, seconds }: { readonly checkout: string; readonly seconds: number },
): Promise<Beside> {
  await load.ask('begin', { server: name, callers: CALLERS });
  await wait(500);
  const alone = p99OfCancels(await load.ask<Measured>('measure', { server: name, seconds }));

  let isLong = false;
  const verified: number[] = [];
  const verify = async () => {
    do verified.push(await verifyAudit(checkout, dataFolder));
    while (!isLong);
  };
  const query = async () => {
    while (!isLong || verified.length === 0) {
      const pause = wait(QUERIES_EVERY_MS);
      await load.ask('query-at-once', { server: name, count: QUERIES, days: QUERY_DAYS, until: madeAt });
      await pause;
    }
  };
  await load.ask('note', { server: name });
  const others = Promise.all([verify(), query()]);
  await wait(seconds * 1_000);
  isLong = true;
  await others;
  // Work that was held up until the end counts, so it is waited for.
  await wait(HELD_UP_MS);
  const beside = p99OfCancels(await load.ask<Measured>('noted', { server: name }));
  await load.ask('leave', { server: name });
  return { alone: { cancelP99Ms: alone }, beside: { cancelP99Ms: beside, verifySeconds: Math.min(...verified) } };
}

function p99OfCancels({ done }: Measured): number {
  return quantile(
    done.filter(({ kind }) => kind === 'cancel').map(({ ms }) => ms),
    0.99,
  );
}

/** Runs `keyrack audit verify` to its end, and answers how many seconds it took. */
async function verifyAudit(checkout: string, dataFolder: string): Promise<number> {
  const began = performance.now();
  const command = startPart(join(checkout, 'packages/cli/src/main.ts'), {
    args: ['audit', 'verify', '--data', dataFolder],
    output: { out: 'ignore', err: 'inherit' },
  });
  const code = await command.ended;
  if (code !== 0) throw new Error(`keyrack audit verify ended with ${code}`);
  return (performance.now() - began) / 1_000;
}
