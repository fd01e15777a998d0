import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES } from '@keyrack/protocol';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { cardKeyView } from './card-key-view.ts';

export const rotateCardKey = endpoint({
  id: 'rotateCardKey',
  method: 'POST',
  path: '/v1/properties/{property}/card-keys',
  tag: 'card-keys',
  summary: 'Rotate the card key',
  description:
    'New cards are written under a new version from now on, and a lock takes them once it is programmed with it. Rotate again only when every lock is: cards of the version before the previous one open nothing.',
  right: 'lockKeys.write',
  answers: { 201: { description: 'The new version.', body: cardKeyView } },
  problems: ['not-in-this-state'],
  async handle({ property, doer, now, change, parts }) {
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const added = await change('addCardKey', { propertyId: property.id, sealed, actor: doer.actor, doer, now });
    if (added === null)
      throw new ProblemError('not-in-this-state', { detail: 'This property has used all 255 versions.' });
    const shown = { version: added.version, state: 'current' as const, locks: 0 };
    return { status: 201, body: shown };
  },
});
