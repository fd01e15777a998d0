import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const removeSandboxCard = endpoint({
  id: 'removeSandboxCard',
  method: 'DELETE',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/card',
  tag: 'sandbox',
  summary: 'Take the card away',
  description: 'Puts it back into the drawer, in the middle of whatever is going on.',
  right: 'sandbox.write',
  params: encoderParams,
  answers: { 200: { description: 'The encoder after it.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { done } = await drive(context, { do: 'take-away' });
    return { status: 200, body: viewOfSandbox(done.state) };
  },
});
