import { z } from 'zod';

export const cardKeyView = z
  .object({
    version: z.int(),
    state: z.enum(['current', 'previous', 'older']).meta({
      description:
        '`current`: new cards are written under it. `previous`: locks accept its cards still. `older`: its cards open nothing.',
    }),
    locks: z.int().meta({ description: 'Rooms whose locks were programmed with it last, as far as anybody told.' }),
  })
  .meta({ id: 'CardKey', description: "A version of a property's card key. The key itself never leaves the server." });
