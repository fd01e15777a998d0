import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

/** A front desk: the program on a computer that encoders are plugged into. */
export type Desk = Answer<'getAgent'>;
export type Encoder = Answer<'getEncoder'>;

/** All front desks of a property, also those that were revoked. */
export const desksOf = (property: string) =>
  queryOptions({
    queryKey: ['agents', property],
    queryFn: () => keyrack.agents.list({ property, limit: 200 }).toArray(),
  });

/** All encoders of a property, also those that no front desk has. */
export const encodersOf = (property: string) =>
  queryOptions({
    queryKey: ['encoders', property],
    queryFn: () => keyrack.encoders.list({ property, limit: 200 }).toArray(),
  });
