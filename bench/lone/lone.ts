import type { Found, Order } from '../measure.ts';
export async function measureLone(_order: Order): Promise<Found[]> {
  throw new Error('not yet');
}
