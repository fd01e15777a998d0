import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { time, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const lookAtLink = endpoint({
  id: 'lookAtLink',
  method: 'POST',
  path: '/v1/links',
  tag: 'people',
  summary: 'See what a one-time link is for',
  description: 'Or an invitation. It changes nothing. No credential is needed but the link.',
  right: 'self.read',
  open: 'the link is the credential',
  body: z.strictObject({ link: z.string().min(1).max(100) }),
  answers: {
    200: {
      description: 'What it is for.',
      body: z
        .object({
          to: z.enum(['set-password', 'set-person-password', 'join', 'own', 'sign-in']),
          name: z.string().nullable().meta({ description: 'Of whom it is for; null where it is for whoever has it.' }),
          property: z.string().nullable().meta({ description: 'The name of the property; null where it is for none.' }),
          expiresAt: time,
        })
        .meta({ id: 'LinkFacts', description: 'What a one-time link lets its bearer do.' }),
    },
  },
  problems: ['link-over'],
  async handle({ body, now, parts }) {
    const seen = await parts.read('seeLink', { token: body.link, now });
    if (seen === null) throw new ProblemError('link-over');
    return { status: 200, body: { ...seen, expiresAt: timeOf(seen.expiresAt) } };
  },
});
