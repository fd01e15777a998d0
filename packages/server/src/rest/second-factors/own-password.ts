import { z } from 'zod';
import type { Caller } from '../../domain/caller.ts';
import { sourceKey } from '../../runtime/client-address.ts';
import type { HandlerParts } from '../parts.ts';
import { personOf } from '../people/signed-in.ts';
import { refusedBy } from '../problems.ts';
import { passed } from '../sessions/create-session.ts';

/** The body of what changes somebody's factors: whoever found them signed in doesn't know it. */
export const passwordBody = z.strictObject({
  currentPassword: z.string().min(1).max(1_000).meta({ description: "The person's own." }),
});

/** The person whose session this is, once they have shown their own password again. */
export async function personByPassword(
  { caller, doer, parts }: { caller: Caller; doer: { from: string }; parts: HandlerParts },
  password: string,
): Promise<string> {
  const personId = personOf(caller);
  const way = { by: 'source', source: sourceKey(doer.from) } as const;
  const check = await parts.credentials.checkKnown({ kind: 'person', personId }, way, password);
  if (!check.ok && check.refusal.cause === 'creator-or-password') throw refusedBy(check.refusal);
  passed(check);
  return personId;
}
