import { z } from 'zod';
import type { PersonFacts } from '../../domain/person.ts';
import { id, time, timeOf } from '../fields.ts';

/** A person as /v1 shows them. */
export const personView = z
  .object({
    id,
    name: z.string(),
    areaCode: z.string().nullable(),
    mobile: z.string().nullable(),
    email: z.string().nullable().meta({ description: 'In lower case.' }),
    owner: z.boolean().meta({ description: 'Whether they own the installation.' }),
    createdAt: time,
  })
  .meta({ id: 'Person', description: 'Somebody who works at one or more properties, with a password of their own.' });

export function viewOfPerson({ createdAt, ...facts }: PersonFacts) {
  return { ...facts, createdAt: timeOf(createdAt) };
}

export const invitationView = z
  .object({
    token: z.string().nullable().meta({
      description:
        'For the person alone. It is shown this once; a repeat of the request shows it for ten minutes, and then null.',
    }),
    expiresAt: time,
  })
  .meta({ id: 'Invitation', description: 'Good for one use, by one person.' });
