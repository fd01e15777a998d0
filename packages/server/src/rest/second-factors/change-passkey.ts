import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { personOf } from '../people/signed-in.ts';
import { ProblemError } from '../problems.ts';
import { passkeyName, passkeyView, viewOfPasskey } from './passkey-fields.ts';

export const changePasskey = endpoint({
  id: 'changePasskey',
  method: 'PATCH',
  path: '/v1/me/passkeys/{passkey}',
  tag: 'people',
  summary: "Rename one of one's own passkeys",
  right: 'self.write',
  params: z.strictObject({ passkey: id }),
  body: z.strictObject({ name: passkeyName }),
  answers: { 200: { description: 'The passkey.', body: passkeyView } },
  problems: ['person-needed'],
  async handle({ params, body, caller, doer, now, change }) {
    const personId = personOf(caller);
    const result = await change('renamePasskey', { personId, id: params.passkey, name: body.name, doer, now });
    if (result.verdict !== 'changed') throw new ProblemError('not-found');
    return { status: 200, body: viewOfPasskey(result.passkey) };
  },
});
