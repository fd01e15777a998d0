import { z } from 'zod';
import { explain } from '../../domain/causes.ts';
import { leftOf } from '../../domain/copy-set.ts';
import type { CopySetDetail } from '../../queries/copy-set-detail.ts';
import { id, time, timeOf, timeOrNull } from '../fields.ts';
import { operationView, viewOfOperation } from './operation-view.ts';

export const copySetView = z
  .object({
    id,
    state: z.enum(['running', 'done', 'stopped']).meta({
      description: '`stopped`: no further card is made. The last operation may go on.',
    }),
    of: z.int().meta({ description: 'How many cards are wanted.' }),
    left: z.int().meta({ description: 'How many of them were not asked for at the encoder yet, or never will be.' }),
    cause: z.string().nullable().meta({ description: 'Why it was stopped.' }),
    explanation: z.string().nullable().meta({ description: 'The cause in a sentence, with what to do.' }),
    operations: z.array(operationView).meta({ description: 'One for each card that was asked for, in their order.' }),
    begunAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'CopySet', description: 'The cards of one issue with `copies`: equal keys, made one after the other.' });

export function viewOfCopySet({ set, operations }: CopySetDetail): z.input<typeof copySetView> {
  return {
    id: set.id,
    state: set.state,
    of: set.of,
    left: leftOf(set),
    cause: set.cause,
    explanation: set.cause && explain(set.cause),
    operations: operations.map(viewOfOperation),
    begunAt: timeOf(set.begunAt),
    endedAt: timeOrNull(set.endedAt),
  };
}
