import { endpoint } from '../endpoint.ts';
import { verificationQuery, verificationView, verifyNext } from './verification.ts';

export const verifyAuditLog = endpoint({
  id: 'verifyAuditLog',
  method: 'GET',
  path: '/v1/properties/{property}/audit-verification',
  tag: 'audit',
  summary: 'Verify the audit log',
  description:
    'Proves a part of the log, and tells how far it came. Ask again with `nextCursor` until it is null: then the whole log is proved up to `head`.',
  right: 'audit.read',
  query: verificationQuery,
  answers: { 200: { description: 'What is proved so far.', body: verificationView } },
  async handle({ property, query, parts, hungUp }) {
    return { status: 200, body: await verifyNext(parts, property.id, query, hungUp) };
  },
});
