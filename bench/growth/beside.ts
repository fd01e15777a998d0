import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Done } from '../load/caller.ts';
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
  readonly aloneP99Ms: number;
  readonly besideP99Ms: number;
  /** Of `audit verify`; null where nobody waited for its end. */
  readonly verifySeconds: number | null;
}

/**
 * Card work while ten rooms' months are asked for again and again and the audit log is verified, and alone before and after
 * it: what else the machine does comes and goes. With `toTheEnd`, it goes on until the log was verified once.
 */
export async function measureBeside(
  load: Part,
  { name, server: { dataFolder }, madeAt }: OpenHistory,
  { checkout, seconds, toTheEnd }: { readonly checkout: string; readonly seconds: number; readonly toTheEnd: boolean },
): Promise<Beside> {
  await load.ask('begin', { server: name, callers: CALLERS });
  await wait(500);
  const alone = () => load.ask<Measured>('measure', { server: name, seconds: seconds / 2 });
  const first = await alone();

  await load.ask('note', { server: name });
  const verifying = verifyAgainAndAgain(checkout, dataFolder);
  let isOver = false;
  const querying = (async () => {
    while (!isOver) {
      const pause = wait(QUERIES_EVERY_MS);
      await load.ask('query-at-once', { server: name, count: QUERIES, days: QUERY_DAYS, until: madeAt });
      await pause;
    }
  })();
  // What fails ends the measurement at once.
  const enough = Promise.all([wait(seconds * 1_000), toTheEnd ? verifying.once : null]);
  await Promise.race([enough, querying, verifying.ended]);
  isOver = true;
  const verifySeconds = await verifying.stop();
  await querying;
  // Work that was held up until the end counts, so it is waited for.
  await wait(HELD_UP_MS);
  const beside = await load.ask<Measured>('noted', { server: name });
  const last = await alone();
  await load.ask('leave', { server: name });
  return {
    aloneP99Ms: p99OfCancels([...first.done, ...last.done]),
    besideP99Ms: p99OfCancels(beside.done),
    verifySeconds,
  };
}

function p99OfCancels(done: readonly Done[]): number {
  return quantile(
    done.filter(({ kind }) => kind === 'cancel').map(({ ms }) => ms),
    0.99,
  );
}

/** Runs `keyrack audit verify` until it is stopped. `once`: when it has come to its end for the first time. */
function verifyAgainAndAgain(checkout: string, dataFolder: string) {
  const times: number[] = [];
  let isOver = false;
  let command: Part | null = null;
  const once = Promise.withResolvers<void>();
  const ended = (async () => {
    while (!isOver) {
      const began = performance.now();
      command = startPart(join(checkout, 'packages/cli/src/main.ts'), {
        args: ['audit', 'verify', '--data', dataFolder],
        output: { out: 'ignore', err: 'inherit' },
      });
      const code = await command.ended;
      if (isOver) return;
      if (code !== 0) throw new Error(`keyrack audit verify ended with ${code}`);
      times.push((performance.now() - began) / 1_000);
      once.resolve();
    }
  })();
  const stop = async (): Promise<number | null> => {
    isOver = true;
    await command?.kill();
    await ended;
    return times.length === 0 ? null : Math.min(...times);
  };
  return { once: once.promise, ended, stop };
}
