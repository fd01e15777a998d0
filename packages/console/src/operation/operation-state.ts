import type { Operation } from '@keyrack/sdk';
import type { IconName } from '../icon/icon.tsx';
import type { Meaning } from '../theme/meanings.ts';
import type { english } from './texts.ts';

/** A state as people see it: one that waits for its front desk since a restore is a state of its own. */
export type SeenState = keyof (typeof english)['states'];

export function seenState({ state, held }: Pick<Operation, 'state' | 'held'>): SeenState {
  return held ? 'held' : state;
}

/** How each state looks: never by colour alone. */
export const LOOKS: Readonly<Record<SeenState, { readonly meaning: Meaning; readonly icon: IconName }>> = {
  accepted: { meaning: 'accent', icon: 'clock' },
  held: { meaning: 'warn', icon: 'clock' },
  granted: { meaning: 'accent', icon: 'now' },
  succeeded: { meaning: 'good', icon: 'ok' },
  rejected: { meaning: 'calm', icon: 'no' },
  damaged: { meaning: 'bad', icon: 'alert' },
  unknown: { meaning: 'lost', icon: 'question' },
  expired: { meaning: 'calm', icon: 'no' },
  withdrawn: { meaning: 'calm', icon: 'no' },
  'written-off': { meaning: 'calm', icon: 'question' },
};
