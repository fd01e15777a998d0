import { Chip } from '../state/chip.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Meaning } from '../theme/meanings.ts';
import { type SeenState, seenState } from './seen-state.ts';
import * as texts from './texts.ts';
import { useRackRoom } from './use-rack.ts';

const MEANINGS: Readonly<Record<SeenState, Meaning>> = {
  ...{ vacant: 'calm', out: 'accent', several: 'accent', today: 'warn', lost: 'lost', attention: 'bad' },
};

/** The state of a room in a word, by the rule of its hook on the rack. Nothing while the rack isn't there. */
export function RoomState({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const room = useRackRoom(id);
  if (room === undefined) return null;
  const state = seenState(room);
  const isCounted = room.cards > 0 && state !== 'out';
  return (
    <Chip meaning={MEANINGS[state]}>
      {t(`states.${state}`)}
      {isCounted && ` · ${t('cards', { count: room.cards })}`}
    </Chip>
  );
}
