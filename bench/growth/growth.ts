import type { Found, Order } from '../measure.ts';
export async function measureGrowth(_order: Order): Promise<Found[]> {
  throw new Error('not yet');
}
