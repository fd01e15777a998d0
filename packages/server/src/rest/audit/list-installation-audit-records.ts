import { INSTALLATION } from '../../domain/audit.ts';
import { endpoint } from '../endpoint.ts';
import { pageOf } from '../pages.ts';
import { auditPage, auditQuery } from './audit-query.ts';
import { auditRecordView } from './audit-view.ts';

export const listInstallationAuditRecords = endpoint({
  id: 'listInstallationAuditRecords',
  method: 'GET',
  path: '/v1/audit-records',
  tag: 'audit',
  summary: 'List audit records of the installation',
  description: 'Of what concerns no single property, the newest first.',
  right: 'installation.owner',
  query: auditQuery,
  answers: { 200: { description: 'A page of audit records.', body: pageOf(auditRecordView) } },
  async handle({ query, parts }) {
    return { status: 200, body: await auditPage(parts, INSTALLATION, query) };
  },
});
