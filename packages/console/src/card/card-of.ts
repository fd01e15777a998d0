import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

/** What the records say of a card. */
export function cardOf(property: string, card: string) {
  return queryOptions({
    queryKey: ['cards', property, 'card', card],
    queryFn: () => keyrack.cards.get({ property, card }),
  });
}
