import type { VerifiedPage } from '../../queries/verify-audit-page.ts';
import { systemClock } from '../../runtime/clock.ts';
import type { Read } from '../../runtime/runner.ts';
import { verifyAuditPart } from '../verify-audit.ts';

export interface VerifiedLog extends VerifiedPage {
  readonly propertyId: string;
}

/** Proves the whole audit logs of these properties, in this order. */
export async function verifyLogs(read: Read, propertyIds: readonly string[]): Promise<VerifiedLog[]> {
  const verified: VerifiedLog[] = [];
  for (const propertyId of propertyIds)
    verified.push({ propertyId, ...(await verifyAuditPart(read, systemClock, { propertyId, after: null })) });
  return verified;
}
