import type { AgentAbsence } from '../domain/agent-absence.ts';
import { AGENT_ABSENCE, CLOCK_TOLERANCE_MS } from '../domain/limits.ts';
import type { ReadTx } from '../store/store.ts';

/** Absences that nobody was told of and that have to be judged: they are long, or began in the future by a clock that was set back. */
export function absencesDue(
  tx: ReadTx,
  { afterMs, now }: { readonly afterMs: number; readonly now: number },
): AgentAbsence[] {
  const limit = AGENT_ABSENCE.atOnce;
  const long = tx.find('agentAbsences', 'untold', [], { before: now - afterMs + 1, limit });
  if (long.length === limit) return long;
  const future = tx.find('agentAbsences', 'untold', [], { from: now + CLOCK_TOLERANCE_MS + 1, limit });
  return [...long, ...future].slice(0, limit);
}
