/** Lock numbers are four bytes in a card's image (docs/cards.md); 0 is no lock's. */
export const HIGHEST_LOCK_NUMBER = 0xffff_ffff;
