import { z } from 'zod';
import { GUEST_DATA } from '../../domain/limits.ts';

/** How long a property keeps guests' data, as /v1 shows it. */
export const ruleView = z
  .object({
    keptDays: z
      .int()
      .min(0)
      .max(GUEST_DATA.mostDays)
      .nullable()
      .meta({ description: 'Days after the end of the stay; null: until they are deleted.' }),
  })
  .meta({ id: 'GuestDataRule', description: 'How long names and phones of guests are kept.' });
