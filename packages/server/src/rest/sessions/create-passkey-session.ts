import { z } from 'zod';
import type { AuthenticationResponseJSON } from '../../runtime/passkeys.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { refuseWithoutParty, shownPasskey } from '../second-factors/passkey-fields.ts';
import { drawSession } from './draw-session.ts';
import { createdSession, createdSessionView } from './session-view.ts';

export const createPasskeySession = endpoint({
  id: 'createPasskeySession',
  method: 'POST',
  path: '/v1/sessions/passkey',
  tag: 'people',
  summary: 'Sign in by a passkey alone',
  description:
    'As a person. It stands for password and factor, so that the browser asks for a finger or a PIN. Ask for it by `askForPasskey` without a session.',
  right: 'self.write',
  open: 'whoever signs in has no credential yet',
  body: z.strictObject({ passkey: shownPasskey }),
  answers: { 201: { description: 'The session, with its token.', body: createdSessionView } },
  problems: ['passkey-unknown', 'passkeys-not-set-up'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    refuseWithoutParty(parts.passkeys);
    const passkey = await parts.read('findPasskey', { credentialId: body.passkey.id });
    const response = body.passkey as AuthenticationResponseJSON;
    const counter = passkey && (await parts.passkeys.shown(response, { to: 'sign-in' }, passkey));
    if (passkey === null || counter === null) throw new ProblemError('passkey-unknown');
    const { token, kept } = drawSession(parts.newId(), doer.from, client);
    const result = await change('openByPasskey', { ...kept, passkey: passkey.id, counter, now });
    if (result.verdict !== 'opened') throw new ProblemError('passkey-unknown');
    return createdSession(result.session, { token, factors: [], cookie });
  },
});
