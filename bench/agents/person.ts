import type { DeskAgent, SimulatedEncoder } from '@keyrack/agent';
import type { OperationId, Serial } from '@keyrack/protocol';

/** Cancels of one card before the next one of the drawer is laid down. */
const CANCELS_OF_A_CARD = 4;

/**
 * Does what a person does at an encoder, at once: takes an issued card away and lays it down again for its cancel, and
 * after some cancels lays down another card.
 */
export function standAtDesk(
  agent: Pick<DeskAgent, 'state' | 'onChange'>,
  place: number,
  encoder: SimulatedEncoder | undefined,
  drawer: readonly Serial[],
): void {
  const [first] = drawer;
  if (encoder === undefined || first === undefined) return;
  let lies = 0;
  let cancels = 0;
  let seen: OperationId | null = null;
  encoder.place(first);
  agent.onChange(() => {
    const state = agent.state();
    const last = state.recent.find((each) => each.encoder === encoder.mac);
    if (last === undefined || last.operation === seen || state.encoders[place]?.condition !== 'idle') return;
    seen = last.operation;
    if (last.outcome !== 'succeeded') return;
    if (last.kind === 'cancel') {
      cancels += 1;
      if (cancels % CANCELS_OF_A_CARD !== 0) return;
      lies = (lies + 1) % drawer.length;
    }
    encoder.place(drawer[lies] ?? first);
  });
}
