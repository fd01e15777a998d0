import { hintOpening, judgeOpening, type OpenCard, type OpenCardResult } from '../../queries/open-card.ts';
import type { Tx } from '../../store/store.ts';
import { change } from '../outcome/record-next-state.ts';

/** Judges an opened card as the query of the same name does, and records what must be before the agent gets its answer. */
export function openCard(tx: Tx, input: OpenCard): OpenCardResult {
  const { result, record } = judgeOpening(tx, input);
  if (record !== null) change(tx, record.operation, record.event, input.now, `agent ${input.agentId}`);
  return result;
}

openCard.hints = hintOpening;
