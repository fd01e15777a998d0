import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { encoderId, encoderView, viewOfEncoder } from './encoder-view.ts';

export const getEncoder = endpoint({
  id: 'getEncoder',
  method: 'GET',
  path: '/v1/properties/{property}/encoders/{encoder}',
  tag: 'encoders',
  summary: 'Get an encoder',
  right: 'encoders.read',
  params: z.strictObject({ encoder: encoderId }),
  answers: { 200: { description: 'The encoder, with what waits there.', body: encoderView } },
  async handle({ params, property, parts }) {
    const detail = await parts.read('getEncoder', { propertyId: property.id, id: params.encoder });
    if (detail === null) throw new ProblemError('not-found');
    const etag = entityTag({ ...detail.facts });
    return { status: 200, body: viewOfEncoder(detail, parts.desks.isOnline), etag };
  },
});
