import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const removeSandboxFailure = endpoint({
  id: 'removeSandboxFailure',
  method: 'DELETE',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/failure',
  tag: 'sandbox',
  summary: 'Make nothing fail any more',
  description: 'What is being done to an operation ends, too.',
  right: 'sandbox.write',
  params: encoderParams,
  answers: { 200: { description: 'The encoder after it.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { done } = await drive(context, { do: 'fail', failure: null });
    return { status: 200, body: viewOfSandbox(done.state) };
  },
});
