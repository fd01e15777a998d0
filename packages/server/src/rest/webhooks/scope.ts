import { z } from 'zod';
import { INSTALLATION } from '../../domain/audit.ts';
import type { Property } from '../../domain/places.ts';
import type { Right } from '../../domain/rights.ts';
import type { SeenWebhook } from '../../queries/webhooks.ts';
import { id } from '../fields.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';

/** Webhooks are a property's, or the installation's: the same endpoints under two addresses. */
export interface WebhookScope {
  readonly prefix: '/v1' | '/v1/properties/{property}';
  /** Ids of operations: `createWebhook`, `createInstallationWebhook`. */
  readonly name: '' | 'Installation';
  /** For summaries. */
  readonly of: string;
  readonly reads: Right;
  readonly writes: Right;
}

export const OF_PROPERTY: WebhookScope = {
  prefix: '/v1/properties/{property}',
  name: '',
  of: '',
  reads: 'webhooks.read',
  writes: 'webhooks.write',
};
export const OF_INSTALLATION: WebhookScope = {
  prefix: '/v1',
  name: 'Installation',
  of: ' of the installation',
  reads: 'installation.owner',
  writes: 'installation.owner',
};

/** The path behind its scope. Its property is null for those of the installation. */
export const pathOf = (scope: WebhookScope, path: string) => `${scope.prefix}${path}` as `/v1/${string}`;

export const logOf = (property: Property | null): string => property?.id ?? INSTALLATION;

export const webhookParams = z.strictObject({ webhook: id });

export async function webhookOf(
  { read }: Pick<HandlerParts, 'read'>,
  property: Property | null,
  { webhook: webhookId }: z.output<typeof webhookParams>,
): Promise<SeenWebhook> {
  const seen = await read('seeWebhook', { propertyId: logOf(property), webhookId });
  if (seen === null) throw new ProblemError('not-found');
  return seen;
}
