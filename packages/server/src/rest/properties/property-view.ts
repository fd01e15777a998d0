import { z } from 'zod';
import { id } from '../fields.ts';

/** A property as /v1 shows it. */
export const propertyView = z
  .object({
    id,
    number: z.string().meta({ description: 'The number that people and the room-card API know it by.' }),
    name: z.string(),
    timeZone: z.string().meta({ description: 'A name of the IANA time zone database.' }),
    checkOutTime: z.string().meta({ description: 'When guests leave, by the clock of the property, e.g. `12:00`.' }),
  })
  .meta({ id: 'Property', description: 'A hotel or estate.' });
