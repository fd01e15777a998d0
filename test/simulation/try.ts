import { drawPlan } from './plan/draw-plan.ts';
import { runPlan } from './run-seed.ts';

const from = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 1),
  trace = process.argv[4] === 'trace';
const t = performance.now();
let steps = 0,
  vms = 0;
for (let s = from; s < from + n; s++) {
  const o = await runPlan(drawPlan(s), trace);
  steps += o.steps;
  vms += o.virtualMs;
  if (o.violation) {
    console.log(s, o.violation.rule, '@', o.violation.at, o.violation.text.slice(0, 600));
  }
  if (trace) for (const l of o.lines) console.log(String(l.at).padStart(7), l.part.padEnd(10), l.text);
}
console.log('seeds', n, 'steps', steps, 'ms/seed', (performance.now() - t) / n, 'virtual s/seed', vms / n / 1000);
