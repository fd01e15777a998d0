import type { Rule } from './checks/verdict.ts';
import type { Plan } from './plan/plan.ts';
import { runPlan } from './run-seed.ts';

/** Runs that shrinking may take. */
const MOST_RUNS = 400;

/**
 * The least of a plan that still breaks the same rule: whole kinds of faults are left out first, then single faults, then
 * what people do, by delta debugging. Every concern draws from a stream of its own, so the rest stays much as it was.
 */
export async function shrinkPlan(plan: Plan, rule: Rule): Promise<Plan> {
  let runs = 0;
  const stillFails = async (candidate: Plan): Promise<boolean> => {
    runs += 1;
    return runs <= MOST_RUNS && (await runPlan(candidate)).violation?.rule === rule;
  };

  let least = plan;
  for (const kind of new Set(plan.faults.map((fault) => fault.kind))) {
    const without = { ...least, faults: least.faults.filter((fault) => fault.kind !== kind) };
    if (await stillFails(without)) least = without;
  }
  const faults = await fewest(least.faults, (some) => stillFails({ ...least, faults: some }));
  least = { ...least, faults };
  const deeds = await fewest(least.deeds, (some) => stillFails({ ...least, deeds: some }));
  return { ...least, deeds };
}

/** Leaves out ever smaller parts of a list, as long as what is left fails. */
async function fewest<T>(all: readonly T[], fails: (some: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = all;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await fails(without)) kept = without;
      else at += size;
    }
  }
  return kept;
}
