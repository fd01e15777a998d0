import type { Mac, Reading, Serial } from '@keyrack/protocol';
import { type CardVersion, isFresh } from '../../queries/card-version.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import { hintReading } from '../../queries/known-card.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import type { Changes } from '../journal/changes.ts';
import { hintChange } from '../outcome/record-next-state.ts';
import { noteSight } from '../outcome/unlifted-cards.ts';
import { settleByReading } from './settle-by-reading.ts';

/** Records a reading that was made to settle an earlier operation on the card. */
export function recordReading(
  tx: Tx,
  input: SessionRef & {
    readonly encoder: Mac;
    readonly serial: Serial;
    readonly content: Reading;
    readonly cardVersion: CardVersion;
    readonly now: number;
  },
): Fenced | ({ readonly verdict: 'recorded' } & Changes) {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const card = tx.get('cards', input.propertyId, input.serial);
  if (card === undefined || !isFresh(tx, input.propertyId, input.cardVersion))
    return { verdict: 'recorded', changed: [] };
  noteSight(tx, input.propertyId, input.serial, input.encoder);
  const { changed } = settleByReading(tx, card, input.content, input.now, `agent ${agent.id}`);
  return { verdict: 'recorded', changed };
}

recordReading.hints = (hint: Hint, input: Parameters<typeof recordReading>[1]) => {
  const { propertyId, serial, content } = input;
  hintFence(hint, input);
  const { last } = hintReading(hint, propertyId, serial, content);
  hintChange(hint, propertyId, last);
};
