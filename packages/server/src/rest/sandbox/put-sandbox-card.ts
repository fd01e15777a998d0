import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { cardSerial, encoderParams, sandboxView, viewOfSandbox } from './sandbox-view.ts';

export const putSandboxCard = endpoint({
  id: 'putSandboxCard',
  method: 'PUT',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/card',
  tag: 'sandbox',
  summary: 'Lay a card down',
  description:
    'Takes the card from wherever it lies. What lay there is taken away first; the same card is lifted and laid down anew.',
  right: 'sandbox.write',
  params: encoderParams,
  body: z.strictObject({ serial: cardSerial }),
  answers: { 200: { description: 'The encoder after it.', body: sandboxView } },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { done } = await drive(context, { do: 'lay', serial: context.body.serial });
    return { status: 200, body: viewOfSandbox(done.state) };
  },
});
