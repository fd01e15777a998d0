import type { Operation } from '@keyrack/sdk';
import type { NamedActor } from '../actor/actor-name.tsx';

/** Who asked for it, as others who do things are told. */
export function requesterOf({ requester }: Pick<Operation, 'requester'>): NamedActor {
  const { kind, id, name } = requester;
  return { kind, id, name };
}

/** How long it took, in seconds with one decimal; null where it hasn't ended. */
export function secondsOf({ acceptedAt, endedAt }: Pick<Operation, 'acceptedAt' | 'endedAt'>): number | null {
  if (endedAt === null) return null;
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(acceptedAt)) / 100) / 10);
}
