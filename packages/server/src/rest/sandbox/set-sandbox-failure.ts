import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams, failureName, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const setSandboxFailure = endpoint({
  id: 'setSandboxFailure',
  method: 'PUT',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/failure',
  tag: 'sandbox',
  summary: 'Make the next operation fail',
  description: 'Holds for the operation that waits there, or else for the next one that can fail so; then it is over.',
  right: 'sandbox.write',
  params: encoderParams,
  body: z.strictObject({ cause: failureName }),
  answers: { 200: { description: 'The encoder after it.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { done } = await drive(context, { do: 'fail', failure: context.body.cause });
    return { status: 200, body: viewOfSandbox(done.state) };
  },
});
