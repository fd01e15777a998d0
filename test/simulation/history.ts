import { RULES } from './checks/verdict.ts';
import type { TraceLine } from './clockwork/trace.ts';
import type { Plan } from './plan/plan.ts';
import type { Outcome } from './run-seed.ts';

/** Lines of each part that are shown: the last ones. */
const LINES_OF_A_PART = 40;
const CHARACTERS = 400;

/** What a person needs who wants to know why a seed fails. */
export function tellHistory(plan: Plan, { violation, lines }: Outcome): string {
  if (violation === null) return `seed ${plan.seed}: no violation`;
  const shown = lastOfEach(lines).map(
    ({ at, part, text }) => `${String(at).padStart(7)}  ${part.padEnd(12)} ${text.slice(0, CHARACTERS)}`,
  );
  return [
    `seed ${plan.seed} breaks "${violation.rule}" after ${violation.at} ms: ${violation.text}`,
    `  (${RULES[violation.rule]})`,
    `  replay: npm run simulate -- --seed ${plan.seed}`,
    `  agents ${plan.setting.agents}, cards ${plan.setting.chips.join(' ')}`,
    ...plan.faults.map((fault) => `  fault ${JSON.stringify(fault)}`),
    ...plan.deeds.map((deed) => `  deed  ${JSON.stringify(deed)}`),
    'virtual ms, part, what it saw or did:',
    ...shown,
  ].join('\n');
}

function lastOfEach(lines: readonly TraceLine[]): TraceLine[] {
  const left = new Map<string, number>();
  const kept: TraceLine[] = [];
  for (const line of [...lines].reverse()) {
    // Every message is told by its receiver too.
    if (line.part === 'network') continue;
    const rest = left.get(line.part) ?? LINES_OF_A_PART;
    left.set(line.part, rest - 1);
    if (rest > 0) kept.push(line);
  }
  return kept.reverse();
}
