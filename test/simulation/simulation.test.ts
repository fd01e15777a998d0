import { afterAll, describe, expect, it } from 'vitest';
import { listMutants } from './mutants/mutant-list.ts';
import { mutantNames, readCaughtBy, removeCopies, runMutant } from './mutants/run-mutants.ts';
import { drawPlan } from './plan/draw-plan.ts';
import { runPlan } from './run-seed.ts';
import { runSeeds } from './run-seeds.ts';

const CAUGHT_BY = readCaughtBy();

describe('simulation', () => {
  it('finds no violation in 1,000 seeds', async () => {
    const { seeds, violations } = await runSeeds({ from: 1, seeds: 1_000, stop: false });
    expect(violations).toEqual([]);
    expect(seeds).toBe(1_000);
  });

  it('finds none in the seeds that find something where a fault is planted', async () => {
    for (const seed of new Set(Object.values(CAUGHT_BY).map((by) => by.seed))) {
      expect({ seed, ...(await runPlan(drawPlan(seed))).violation }).toEqual({ seed });
    }
  });

  it('gives the same history for the same seed, bit for bit', async () => {
    for (let seed = 100; seed < 130; seed += 1) {
      const first = await runPlan(drawPlan(seed), true);
      const second = await runPlan(drawPlan(seed), true);
      expect(first.lines.length).toBeGreaterThan(100);
      expect(second.digest).toBe(first.digest);
    }
  });
});

describe('planted faults', () => {
  afterAll(removeCopies);

  it('have each a seed that is known to catch it', () => {
    expect(Object.keys(CAUGHT_BY).sort()).toEqual(mutantNames());
  });

  it('are all told of in docs/mutants.md', () => {
    const { found, expected } = listMutants(CAUGHT_BY);
    expect(found).toBe(expected);
  });

  it.concurrent.for(mutantNames())('%s is caught', async (name) => {
    const found = await runMutant(name, { known: CAUGHT_BY[name]?.seed ?? null, seeds: 0 });
    // Where the code has changed so that another seed catches it: npm run simulate -- --mutants NAME --record
    expect(found, 'the seed that is known to catch it does not any more').not.toBeNull();
  });
});
