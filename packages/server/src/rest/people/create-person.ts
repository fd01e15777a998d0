import { z } from 'zod';
import { hashPersonPassword } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { isWholePhone, memberFields, password, WHOLE_PHONE } from '../members/member-view.ts';
import { ProblemError } from '../problems.ts';
import { drawSession } from '../sessions/draw-session.ts';
import { personView, viewOfPerson } from './person-view.ts';

export const createPerson = endpoint({
  id: 'createPerson',
  method: 'POST',
  path: '/v1/persons',
  tag: 'people',
  summary: 'Become a person, by an invitation',
  description:
    'It joins what the invitation offers. Sign in afterwards; a page of this server is signed in with it, by its cookie. Whoever is a person already signs in and joins instead. No credential is needed but the invitation.',
  right: 'self.write',
  open: 'the invitation is the credential',
  body: z
    .strictObject({
      invitation: z.string().min(1).max(100),
      name: memberFields.name,
      areaCode: memberFields.areaCode.optional(),
      mobile: memberFields.mobile.optional(),
      email: memberFields.email.optional(),
      password,
    })
    .refine(isWholePhone, WHOLE_PHONE)
    .refine(({ email, mobile }) => typeof email === 'string' || typeof mobile === 'string', {
      path: ['email'],
      message: 'is needed where there is no mobile: a person signs in by one of them',
    }),
  answers: { 201: { description: 'The new person.', body: personView } },
  problems: ['invitation-over', 'phone-taken', 'email-taken'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    const { invitation: token, name, areaCode = null, mobile = null, email = null } = body;
    // Before the work of the hash.
    if ((await parts.read('findLink', { token, now })) === null) throw new ProblemError('invitation-over');
    const session = drawSession(parts.newId(), doer.from, client);
    const result = await change('createPerson', {
      id: parts.newId(),
      name,
      areaCode,
      mobile,
      email,
      passwordHash: await hashPersonPassword(parts.passwords, body.password),
      token,
      session: cookie === null ? null : session.kept,
      from: doer.from,
      now,
    });
    if (result.verdict === 'already-there') throw new Error('a new person has a place somewhere');
    if (result.verdict !== 'joined') throw new ProblemError(result.verdict);
    const headers = cookie?.keep(session.token) ?? {};
    return { status: 201, body: viewOfPerson(result.person), headers };
  },
});
