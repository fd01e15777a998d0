import { endpoint } from '../endpoint.ts';
import { pageOf } from '../pages.ts';
import { auditPage, auditQuery } from './audit-query.ts';
import { auditRecordView } from './audit-view.ts';

export const listAuditRecords = endpoint({
  id: 'listAuditRecords',
  method: 'GET',
  path: '/v1/properties/{property}/audit-records',
  tag: 'audit',
  summary: 'List audit records',
  description:
    'The newest first. A page looks at a thousand records: with a filter it may be short, or empty, and not the last one.',
  right: 'audit.read',
  query: auditQuery,
  answers: { 200: { description: 'A page of audit records.', body: pageOf(auditRecordView) } },
  async handle({ property, query, parts }) {
    return { status: 200, body: await auditPage(parts, property.id, query) };
  },
});
