import { hash } from 'node:crypto';

/** The tag of a property in its card images: the first 8 bytes of SHA-256 of its id (UTF-8 text), as hex. */
export function propertyTagOf(propertyId: string): string {
  return sha256(propertyId).slice(0, 16);
}

/** The tag of a card record in its card image: the first 4 bytes of SHA-256 of its id (UTF-8 text), as hex. */
export function cardTagOf(cardId: string): string {
  return sha256(cardId).slice(0, 8);
}

function sha256(text: string): string {
  return hash('sha256', text);
}
