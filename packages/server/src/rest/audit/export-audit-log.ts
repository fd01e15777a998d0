import { endpoint } from '../endpoint.ts';
import { exportLines, exportQuery } from './export-lines.ts';

export const exportAuditLog = endpoint({
  id: 'exportAuditLog',
  method: 'GET',
  path: '/v1/properties/{property}/audit-export',
  tag: 'audit',
  summary: 'Export the audit log',
  description:
    'A line of JSON (`AuditExportLine`) for each record, the oldest first, up to the newest of now. Each hash is SHA-256 of the JSON array of the hash before (an empty text for the first) and the seven other fields in their order.',
  right: 'audit.read',
  query: exportQuery,
  answers: { 200: { description: 'The log, line by line.', stream: 'application/x-ndjson' } },
  problems: ['too-many-streams'],
  async handle({ property, query, parts, streamed, callerNow }) {
    return { status: 200, stream: streamed((ended) => exportLines(parts, property.id, query, { ended, callerNow })) };
  },
});
