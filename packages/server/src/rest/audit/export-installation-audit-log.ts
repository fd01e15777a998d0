import { INSTALLATION } from '../../domain/audit.ts';
import { endpoint } from '../endpoint.ts';
import { exportLines, exportQuery } from './export-lines.ts';

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
