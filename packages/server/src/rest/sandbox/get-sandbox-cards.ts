import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { lookInto, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { encoderParams } from './sandbox-view.ts';

export const getSandboxCards = endpoint({
  id: 'getSandboxCards',
  method: 'GET',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/cards',
  tag: 'sandbox',
  summary: 'List the cards of a simulated front desk',
  description: 'Shows all cards, at most 1,000: those on encoders and those in the drawer.',
  right: 'encoders.read',
  params: encoderParams,
  answers: {
    200: {
      description: 'The cards.',
      body: z.object({
        cards: z.array(
          z.object({
            serial: z.string(),
            chip: z.string(),
            isHere: z.boolean().meta({ description: 'It lies on this encoder.' }),
          }),
        ),
      }),
    },
  },
  problems: SANDBOX_PROBLEMS,
  async handle({ params, property, parts }) {
    const { cards = [] } = await lookInto(parts, property.id, params.encoder, { do: 'list-cards' });
    return { status: 200, body: { cards } };
  },
});
