import type { Violation } from './checks/verdict.ts';
import type { TraceLine } from './clockwork/trace.ts';
import { carryOutDeed } from './deeds.ts';
import { type Copies, scheduleCopies, strike } from './faults.ts';
import type { FaultKind, Plan } from './plan/plan.ts';
import { recover } from './recover.ts';
import { buildWorld, type World } from './world.ts';

/** How a run ended. */
export interface Outcome {
  readonly violation: Violation | null;
  readonly steps: number;
  readonly virtualMs: number;
  readonly operations: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly unknowns: ReadonlyMap<string, number>;
  /** Empty unless a trace was wanted. */
  readonly digest: string;
  readonly lines: readonly TraceLine[];
}

/** More events than any run needs: what goes on for so long goes in circles. */
const MOST_STEPS = 400_000;

/** Lets everything of a plan happen, in a world of its own. */
export async function runPlan(plan: Plan, withTrace = false): Promise<Outcome> {
  const world = buildWorld(plan, withTrace);
  const { scheduler, verdict } = world;
  const onRejection = (error: unknown) => verdict.fail('no bug', `nobody handles: ${String(error)}`);
  process.on('unhandledRejection', onRejection);
  try {
    await happen(world);
    // Rejections that nobody handles are told when the queue of ticks is empty.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  const struck = new Map<FaultKind, number>();
  for (const { kind } of plan.faults) struck.set(kind, (struck.get(kind) ?? 0) + 1);
  return {
    violation: verdict.violation(),
    steps: scheduler.steps(),
    virtualMs: scheduler.now(),
    operations: world.ledger.operations.size,
    faults: struck,
    unknowns: world.unknowns,
    digest: world.trace.digest(),
    lines: world.trace.lines(),
  };
}

async function happen(world: World): Promise<void> {
  const { plan, scheduler, verdict } = world;
  let troubled = true;
  for (let agent = 0; agent < plan.setting.agents; agent += 1) world.addDesk(agent, false);
  world.startServer();
  for (const desk of [...world.desks]) scheduler.at(100, null, () => world.startDesk(desk));
  const copies: Copies = { databases: new Map(), folders: new Map() };
  scheduleCopies(world, plan.faults, copies);
  for (const fault of plan.faults) {
    scheduler.at(fault.at, null, () => {
      if (troubled) strike(world, fault, copies, () => troubled);
    });
  }
  for (const deed of plan.deeds) {
    scheduler.at(deed.at, null, () => {
      if (troubled) carryOutDeed(world, deed, () => troubled);
    });
  }
  const over = () => {
    if (scheduler.steps() > MOST_STEPS) verdict.fail('settled', 'it goes on and on');
    return verdict.violation() !== null;
  };
  const last = plan.deeds.at(-1)?.at ?? 0;
  await scheduler.runUntil(plan.calm ? last + 10_000 : plan.troubledMs, over);
  troubled = false;
  if (over()) return;
  if (plan.calm) checkCalm(world);
  await recover(world);
}

function checkCalm({ asked, verdict, unknowns }: World): void {
  for (const { ask, answer } of asked) {
    if (answer === null || answer === 'not-heard' || answer.outcome !== 'succeeded')
      verdict.fail('alive', `without troubles, ${JSON.stringify(ask)} ends with ${JSON.stringify(answer)}`);
  }
  if (unknowns.size > 0) verdict.fail('alive', 'without troubles, something became unknown');
}
