import { expect, test } from 'vitest';
import { type Encoder, newAgent, newEncoder } from '../../domain/places.ts';
import { AGENT, MAC, NOW, OTHER_MAC, openHotel, P } from '../testing/hotel.ts';
import { findFrontDesk } from './find-front-desk.ts';

/** Where a request of a signed-in member goes, by what their desk marks and what was chosen here. */

const left = newEncoder({ propertyId: P, mac: MAC, id: 1, name: 'Left', agentId: AGENT, forSignedIn: true });
const right = newEncoder({ propertyId: P, mac: OTHER_MAC, id: 2, name: 'Right', agentId: AGENT, forSignedIn: false });

const CASES: readonly [what: string, Partial<Encoder>, Partial<Encoder>, goesTo: string | undefined][] = [
  ['as the desk marks', {}, {}, 'Left'],
  ['to the one that was chosen', { chosen: false }, { chosen: true }, 'Right'],
  ['to the one that was chosen, although another came that the desk marks', {}, { chosen: true }, 'Right'],
  ['nowhere where the desk marks one that is not to serve', { chosen: false }, {}, undefined],
  ['nowhere where the chosen one was unplugged', {}, { chosen: true, ownership: 'released' }, undefined],
];

test.each(CASES)('it goes %s', async (_what, ofLeft, ofRight, goesTo) => {
  const hotel = await openHotel();
  const signIn = { propertyId: P, memberId: 'member', agentId: AGENT, at: NOW, lastActiveAt: NOW };
  const rows = [
    { table: 'agents', row: newAgent({ propertyId: P, id: AGENT, name: 'Desk' }) },
    { table: 'encoders', row: { ...left, ...ofLeft } },
    { table: 'encoders', row: { ...right, ...ofRight } },
    { table: 'signIns', row: signIn },
  ] as const;
  await hotel.store.run('putRows', { rows, onlyIfEmpty: false });
  const asked = { propertyId: P, memberId: 'member', cardType: 2, encoder: null } as const;
  const { encoder } = await hotel.look((tx) => findFrontDesk(tx, asked));
  expect(encoder?.name).toBe(goesTo);
});
