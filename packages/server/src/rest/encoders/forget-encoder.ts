import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { encoderId } from './encoder-view.ts';

export const forgetEncoder = endpoint({
  id: 'forgetEncoder',
  method: 'DELETE',
  path: '/v1/properties/{property}/encoders/{encoder}',
  tag: 'encoders',
  summary: 'Forget an encoder',
  description:
    'One that no front desk has, and where nothing is open. Its operations stay. If a front desk has it again, it is listed again, with its id.',
  right: 'encoders.write',
  params: z.strictObject({ encoder: encoderId }),
  answers: { 204: { description: 'It is listed no longer.' } },
  problems: ['not-in-this-state'],
  async handle({ params, property, doer, now, change }) {
    const { verdict } = await change('forgetEncoder', { propertyId: property.id, id: params.encoder, doer, now });
    switch (verdict) {
      case 'not-found':
        throw new ProblemError('not-found');
      case 'at-a-desk':
        throw new ProblemError('not-in-this-state', {
          detail: 'A front desk has this encoder; unplug it there while that is connected, or revoke the front desk.',
        });
      case 'something-open':
        throw new ProblemError('not-in-this-state', {
          detail: 'An operation is open at this encoder; wait until it has ended, or withdraw it.',
        });
      case 'forgotten':
        return { status: 204 };
    }
  },
});
