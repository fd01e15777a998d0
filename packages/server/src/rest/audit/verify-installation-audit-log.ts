import { INSTALLATION } from '../../domain/audit.ts';
import { endpoint } from '../endpoint.ts';
import { verificationQuery, verificationView, verifyNext } from './verification.ts';

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
