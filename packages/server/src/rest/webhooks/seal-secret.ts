import { PURPOSE } from '../../runtime/sealed-secret.ts';
import type { HandlerParts } from '../parts.ts';

/** A webhook's secret, as it is kept. */
export const seal = ({ sealer }: Pick<HandlerParts, 'sealer'>, secret: string) =>
  sealer.seal(new TextEncoder().encode(secret), PURPOSE.webhookSecret);
