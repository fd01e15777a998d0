import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { drawSession } from './draw-session.ts';
import { createdSession, createdSessionView } from './session-view.ts';

export const createLinkSession = endpoint({
  id: 'createLinkSession',
  method: 'POST',
  path: '/v1/sessions/link',
  tag: 'people',
  summary: 'Sign in by a one-time link',
  description:
    'It stands for the password alone: where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. The demonstration prints such a link; nobody makes one over /v1.',
  right: 'self.write',
  open: 'the link is the credential',
  body: z.strictObject({
    link: z.string().min(1).max(100).meta({ description: 'What stands behind `link=` in the link.' }),
  }),
  answers: { 201: { description: 'The session, with its token.', body: createdSessionView } },
  problems: ['link-over'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    const { token, kept } = drawSession(parts.newId(), doer.from, client);
    const result = await change('openByLink', { ...kept, token: body.link, now });
    if (result.verdict !== 'opened') throw new ProblemError('link-over');
    return createdSession(result.session, { token, factors: result.factors, cookie });
  },
});
