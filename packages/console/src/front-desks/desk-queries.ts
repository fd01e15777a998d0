import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

/** A front desk: the program on a computer that encoders are plugged into. */
export type Desk = Answer<'getAgent'>;

/** All front desks of a property, also those that were revoked. */
export const desksOf = (property: string) =>
  queryOptions({
    queryKey: ['agents', property],
    queryFn: () => keyrack.agents.list({ property, limit: 200 }).toArray(),
  });
