import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

export type Encoder = Answer<'getEncoder'>;

/** The encoders of a property, also those that no front desk has, with what waits at each. */
export function encodersOf(property: string) {
  return queryOptions({
    queryKey: ['encoders', property],
    queryFn: () => keyrack.encoders.list({ property, limit: 200 }).toArray(),
  });
}
