import type { OperationId } from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../../domain/causes.ts';
import type { OperationStep } from '../../queries/operation-steps.ts';
import { endpoint } from '../endpoint.ts';
import { id, time, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { STATES } from './operation-view.ts';

const stepView = z
  .object({
    step: z.enum(['accepted', 'granted', 'not-written', 'unknown', 'ended']).meta({
      description:
        '`granted`: this card might be written from then on. `not-written`: it was not, and it waits again. `unknown`: nobody could tell.',
    }),
    at: time,
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }).meta({
      description: 'Who did it: a member, API key, account, agent or the server. The name is today’s.',
    }),
    record: z.int().nullable().meta({ description: 'Number of the audit record that tells it.' }),
    serial: z.string().nullable().meta({ description: 'The card, where it was known by then.' }),
    state: z.enum(STATES).meta({ description: 'Of the operation after it.' }),
    cause: z.string().nullable(),
    explanation: z.string().nullable().meta({ description: 'The cause in a sentence, with what to do.' }),
  })
  .meta({ id: 'OperationStep' });

export const getOperationSteps = endpoint({
  id: 'getOperationSteps',
  method: 'GET',
  path: '/v1/properties/{property}/operations/{operation}/steps',
  tag: 'operations',
  summary: 'Get the steps of an operation',
  description: 'What became of it, step by step, with who did each and when: as the audit log tells it.',
  right: 'operations.read',
  params: z.strictObject({ operation: id }),
  answers: { 200: { description: 'Its steps, in order.', body: z.object({ data: z.array(stepView) }) } },
  async handle({ params, property, parts }) {
    const steps = await parts.read('operationSteps', { propertyId: property.id, id: params.operation as OperationId });
    if (steps === null) throw new ProblemError('not-found');
    return { status: 200, body: { data: steps.map(viewOfStep) } };
  },
});

function viewOfStep({ at, cause, serial, ...step }: OperationStep): z.input<typeof stepView> {
  return {
    ...step,
    at: timeOf(at),
    serial,
    cause,
    explanation: cause && explain(cause, { serial: serial ?? '' }),
  };
}
