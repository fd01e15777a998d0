import { useState } from 'react';
import { MOST_COPIES } from './wish.ts';

/** How many cards a form offers: as many as there are, also where the page hears of the last of them later, until somebody chooses. */
export function useCopies(there: number): readonly [copies: number, choose: (copies: number) => void] {
  const [chosen, choose] = useState<number | null>(null);
  return [chosen ?? Math.min(MOST_COPIES, Math.max(1, there)), choose];
}
