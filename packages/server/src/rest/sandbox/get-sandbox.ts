import { endpoint } from '../endpoint.ts';
import { lookInto, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const getSandbox = endpoint({
  id: 'getSandbox',
  method: 'GET',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox',
  tag: 'sandbox',
  summary: 'Look at a simulated encoder',
  description: 'Shows what lies there, and how the next operation is made to fail.',
  right: 'encoders.read',
  params: encoderParams,
  answers: { 200: { description: 'The encoder.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle({ params, property, parts }) {
    const { state } = await lookInto(parts, property.id, params.encoder, { do: 'look' });
    return { status: 200, body: viewOfSandbox(state) };
  },
});
