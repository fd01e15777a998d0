import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { operationView } from './operation-view.ts';
import { showOperation } from './show-operation.ts';

export const getOperation = endpoint({
  id: 'getOperation',
  method: 'GET',
  path: '/v1/properties/{property}/operations/{operation}',
  tag: 'operations',
  summary: 'Get an operation',
  description: 'With `Prefer: wait` it answers when the operation has ended, or when the wait is over.',
  right: 'operations.read',
  params: z.strictObject({ operation: id }),
  waits: true,
  answers: { 200: { description: 'The operation as it is now.', body: operationView } },
  async handle({ params, property, waitMs, hungUp, parts }) {
    const shown = await showOperation(parts, property.id, params.operation);
    if (waitMs === null) return { status: 200, body: shown.view };
    const applied = Math.min(waitMs, parts.operations.waits.answerMs);
    await parts.operations.ended(shown.operation, applied, hungUp);
    const { view } = await showOperation(parts, property.id, params.operation);
    return { status: 200, body: view, headers: { 'preference-applied': `wait=${Math.round(applied / 1_000)}` } };
  },
});
