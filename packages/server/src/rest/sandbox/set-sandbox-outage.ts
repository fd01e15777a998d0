import { SANDBOX_LIMITS } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const setSandboxOutage = endpoint({
  id: 'setSandboxOutage',
  method: 'PUT',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/outage',
  tag: 'sandbox',
  summary: 'Disconnect the front desk for a while',
  description:
    'The whole front desk is away, with all its encoders, as if its network were gone. It comes back by itself.',
  right: 'sandbox.write',
  params: encoderParams,
  body: z.strictObject({
    seconds: z.int().min(1).max(SANDBOX_LIMITS.awaySeconds).meta({ description: 'For how long, at least.' }),
  }),
  answers: { 200: { description: 'It leaves; the encoder as it was.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { done } = await drive(context, { do: 'disconnect', seconds: context.body.seconds });
    return { status: 200, body: viewOfSandbox(done.state) };
  },
});
