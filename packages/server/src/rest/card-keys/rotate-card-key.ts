import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES } from '@keyrack/protocol';
import { z } from 'zod';
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
    'New cards are written under a new version from now on, and a lock takes them once it is programmed with it. It is refused while a lock is known to have an earlier version than the current one: cards of the version before the previous one open nothing, and that lock would know neither its guests’ cards nor new ones.',
  right: 'lockKeys.write',
  body: z
    .strictObject({
      force: z.boolean().optional().meta({
        description:
          'True rotates although locks are behind, because a key was stolen, say: program them at once, and issue the cards of their guests anew.',
      }),
    })
    .optional(),
  answers: { 201: { description: 'The new version.', body: cardKeyView } },
  problems: ['not-in-this-state', 'locks-behind'],
  async handle({ property, body, doer, now, change, parts }) {
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const given = { propertyId: property.id, sealed, force: body?.force === true, actor: doer.actor, doer, now };
    const added = await change('addCardKey', given);
    if (added.verdict === 'locks-behind') {
      const { locks, version } = added;
      const detail = `${locks} ${locks === 1 ? 'lock has' : 'locks have'} an earlier version than ${version}: see rooms with \`lockKey=old\`. Program them and tell it, or send \`force\`.`;
      throw new ProblemError('locks-behind', { detail });
    }
    if (added.verdict === 'all-used')
      throw new ProblemError('not-in-this-state', { detail: 'This property has used all 255 versions.' });
    const shown = { version: added.version, state: 'current' as const, locks: 0 };
    return { status: 201, body: shown };
  },
});
