import { z } from 'zod';
import type { Creator } from '../../domain/people.ts';
import type { SessionOf } from '../../domain/session.ts';
import { sourceKey } from '../../runtime/client-address.ts';
import type { Checked } from '../../runtime/credentials.ts';
import { md5Of } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError, refusedBy } from '../problems.ts';
import { drawSession } from './draw-session.ts';
import { createdSession, createdSessionView } from './session-view.ts';

const NAMED = { path: ['email'], message: 'is needed where there are no `areaCode` and `mobile`; send one of the two' };

export const createSession = endpoint({
  id: 'createSession',
  method: 'POST',
  path: '/v1/sessions',
  tag: 'people',
  summary: 'Sign in',
  description:
    "As a person, with their own password; or with `property`, as one member of it with that membership's password, which opens that membership and no other. Where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. No credential is needed. A repeat opens another session.",
  right: 'self.write',
  open: 'whoever signs in has no credential yet',
  body: z
    .strictObject({
      property: z
        .string()
        .min(1)
        .max(36)
        .optional()
        .meta({ description: "Id or number of the property, to sign in with a membership's password." }),
      areaCode: z.string().min(1).max(6).optional(),
      mobile: z.string().min(1).max(20).optional(),
      email: z.string().min(1).max(254).optional(),
      password: z.string().min(1).max(1_000),
    })
    .refine((body) => nameOf(body) !== null, NAMED),
  answers: { 201: { description: 'The session, with its token.', body: createdSessionView } },
  problems: ['sign-in-refused', 'too-many-failures', 'refused'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    const name = nameOf(body) as Creator;
    const way = { by: 'source', source: sourceKey(doer.from) } as const;
    const { of, version } =
      body.property === undefined
        ? await asPerson(parts.credentials.checkPerson(way, name, body.password))
        : await asMember(body.property);
    const { token, kept } = drawSession(parts.newId(), doer.from, client);
    const result = await change('openSession', { ...kept, of, version, now });
    if (result.verdict === 'member-inactive') throw refusedBy({ cause: 'member-inactive' });
    if (result.verdict !== 'opened') throw new ProblemError('sign-in-refused');
    return createdSession(result.session, { token, factors: result.factors, cookie });

    async function asMember(ref: string) {
      const property = await parts.read('findPropertyByRef', { ref });
      // Of a property that isn't there, nobody has this name.
      const { member } = passed(
        await parts.credentials.checkMember(property?.id ?? 'none', way, name, md5Of(body.password)),
      );
      const { propertyId, id: memberId, version } = member;
      return { of: { kind: 'member', propertyId, memberId } satisfies SessionOf, version };
    }
  },
});

async function asPerson(checked: Promise<Checked<'person'>>) {
  const { person } = passed(await checked);
  return { of: { kind: 'person', personId: person.id } satisfies SessionOf, version: person.version };
}

/** Throws where the password was not right. */
export function passed<T extends { readonly ok: boolean }>(check: T): Extract<T, { ok: true }> {
  if (check.ok) return check as Extract<T, { ok: true }>;
  const { refusal } = check as unknown as { refusal: { cause: string; facts?: Record<string, string | number> } };
  switch (refusal.cause) {
    case 'too-many-failures': {
      const minutes = Number(refusal.facts?.minutes ?? 1);
      throw new ProblemError('too-many-failures', { headers: { 'retry-after': String(minutes * 60) } });
    }
    case 'server-busy':
      throw new ProblemError('unavailable', { headers: { 'retry-after': '5' } });
    default:
      throw new ProblemError('sign-in-refused');
  }
}

/** With both given, the mobile wins, as in the room-card API. */
function nameOf(body: {
  readonly areaCode?: string | undefined;
  readonly mobile?: string | undefined;
  readonly email?: string | undefined;
}): Creator | null {
  const { areaCode, mobile, email } = body;
  if ((areaCode === undefined) !== (mobile === undefined)) return null;
  if (areaCode !== undefined && mobile !== undefined) return { by: 'mobile', areaCode, mobile };
  return email === undefined ? null : { by: 'email', email };
}
