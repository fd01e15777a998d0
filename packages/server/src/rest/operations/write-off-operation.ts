import type { OperationId } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { operationView } from './operation-view.ts';
import { showOperation } from './show-operation.ts';

export const writeOffOperation = endpoint({
  id: 'writeOffOperation',
  method: 'POST',
  path: '/v1/properties/{property}/operations/{operation}/write-off',
  tag: 'operations',
  summary: 'Write off an operation',
  description:
    'Gives up an operation of which nobody can tell how it ended. It says nothing about the card: read it before it is used.',
  right: 'operations.settle',
  params: z.strictObject({ operation: id }),
  answers: { 200: { description: 'The operation, which has ended.', body: operationView } },
  problems: ['not-in-this-state'],
  async handle({ params, property, doer, now, change, parts }) {
    const operation = params.operation as OperationId;
    const result = await change('writeOffByHand', { propertyId: property.id, operation, doer, now });
    if (result.verdict === 'not-found') throw new ProblemError('not-found');
    if (result.verdict === 'not-now') throw new ProblemError('not-in-this-state');
    return { status: 200, body: (await showOperation(parts, property.id, operation)).view };
  },
});
