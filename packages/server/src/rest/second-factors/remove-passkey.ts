import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { passwordBody, personByPassword } from './own-password.ts';

export const removePasskey = endpoint({
  id: 'removePasskey',
  method: 'POST',
  path: '/v1/me/passkeys/{passkey}/remove',
  tag: 'people',
  summary: "Remove one of one's own passkeys",
  description: 'With the last factor the recovery codes end.',
  right: 'self.write',
  params: z.strictObject({ passkey: id }),
  body: passwordBody,
  answers: { 204: { description: 'It opens nothing any more.' } },
  problems: ['refused', 'too-many-failures', 'person-needed'],
  async handle(context) {
    const { params, body, doer, now, change } = context;
    const personId = await personByPassword(context, body.currentPassword);
    const result = await change('removePasskey', { personId, id: params.passkey, doer, now });
    if (result !== 'removed') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
