import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { auditRecordView, viewOfAuditRecord } from './audit-view.ts';

export const getAuditRecord = endpoint({
  id: 'getAuditRecord',
  method: 'GET',
  path: '/v1/properties/{property}/audit-records/{number}',
  tag: 'audit',
  summary: 'Get an audit record',
  right: 'audit.read',
  params: z.strictObject({
    number: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number)
      .meta({ description: 'Its number in the log of the property.' }),
  }),
  answers: { 200: { description: 'The record.', body: auditRecordView } },
  async handle({ property, params, parts }) {
    const record = await parts.read('getAuditRecord', { propertyId: property.id, number: params.number });
    if (record === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfAuditRecord(record) };
  },
});
