import { INSTALLATION } from '../../domain/audit.ts';
import { endpoint } from '../endpoint.ts';
import { pageOf } from '../pages.ts';
import { auditPage, auditQuery } from './audit-query.ts';
import { auditRecordView } from './audit-view.ts';
import { exportLines, exportQuery } from './export-lines.ts';
import { verificationQuery, verificationView, verifyNext } from './verification.ts';

// The log of what concerns no single property: as that of a property, for the owner.

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

export const verifyInstallationAuditLog = endpoint({
  id: 'verifyInstallationAuditLog',
  method: 'GET',
  path: '/v1/audit-verification',
  tag: 'audit',
  summary: 'Verify the audit log of the installation',
  description: 'As that of a property.',
  right: 'installation.owner',
  query: verificationQuery,
  answers: { 200: { description: 'What is proved so far.', body: verificationView } },
  async handle({ query, parts, hungUp }) {
    return { status: 200, body: await verifyNext(parts, INSTALLATION, query, hungUp) };
  },
});

export const exportInstallationAuditLog = endpoint({
  id: 'exportInstallationAuditLog',
  method: 'GET',
  path: '/v1/audit-export',
  tag: 'audit',
  summary: 'Export the audit log of the installation',
  description: 'Lines as in the export of a property.',
  right: 'installation.owner',
  query: exportQuery,
  answers: { 200: { description: 'The log, line by line.', stream: 'application/x-ndjson' } },
  problems: ['too-many-streams'],
  async handle({ query, parts, streamed, callerNow }) {
    return { status: 200, stream: streamed((ended) => exportLines(parts, INSTALLATION, query, { ended, callerNow })) };
  },
});
