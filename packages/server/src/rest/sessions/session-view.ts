import { z } from 'zod';
import { FACTOR_KINDS, type FactorKind } from '../../domain/second-factor.ts';
import type { Session } from '../../domain/session.ts';
import { id, time, timeOf } from '../fields.ts';
import type { SessionCookie } from '../session-cookie.ts';

const fields = {
  id,
  kind: z.enum(['member', 'person']).meta({
    description: '`member`: one membership, opened by its own password. `person`: all that the person has joined.',
  }),
  state: z.enum(['open', 'half-open']).meta({
    description: 'Only an open one lets anybody do anything. A half-open one waits for the second factor.',
  }),
  createdAt: time,
  lastUsedAt: time.meta({ description: 'To a minute.' }),
  expiresAt: time.meta({
    description: 'It ends then at the latest, and an hour after its last use. A half-open one has five minutes.',
  }),
  address: z.string().meta({ description: 'Where it was opened from.' }),
  client: z.string().nullable().meta({ description: 'What the client called itself.' }),
};

/** A session as /v1 shows it. */
export const sessionView = z
  .object({ ...fields, current: z.boolean().meta({ description: 'Whether this request came by it.' }) })
  .meta({ id: 'Session', description: 'Somebody signed in at /v1.' });

export const createdSessionView = z
  .object({
    ...fields,
    factors: z.array(z.enum(FACTOR_KINDS)).meta({
      description: 'What opens it where it is half open; empty where it is open.',
    }),
    token: z.string().nullable().meta({
      description:
        'Send it as `Authorization: Bearer`, or where it is half open, in `openSession`. It is shown this once. Null where a page of this server has an open one in its cookie.',
    }),
  })
  .meta({ id: 'CreatedSession', description: 'A new session with its token.' });

/**
 * A new session as it is told, with headers. A page of this server gets the token of an open one in its cookie, where no script
 * reads it; a half-open one is good for nothing but its next request.
 */
export function toldSession(
  session: Session,
  {
    token,
    factors,
    cookie,
  }: { readonly token: string; readonly factors: readonly FactorKind[]; readonly cookie: SessionCookie | null },
) {
  const isKept = cookie !== null && session.state === 'open';
  return {
    headers: isKept ? cookie.keep(token) : {},
    body: { ...viewOfSession(session), factors: [...factors], token: isKept ? null : token },
  };
}

/** The answer to whoever opened a session. */
export function createdSession(session: Session, given: Parameters<typeof toldSession>[1]) {
  const { headers, body } = toldSession(session, given);
  return { status: 201 as const, headers: { location: `/v1/sessions/${session.id}`, ...headers }, body };
}

export function viewOfSession({ id, of, state, createdAt, lastUsedAt, expiresAt, from, client }: Session) {
  return {
    id,
    kind: of.kind,
    state,
    createdAt: timeOf(createdAt),
    lastUsedAt: timeOf(lastUsedAt),
    expiresAt: timeOf(expiresAt),
    address: from,
    client,
  };
}
