import { expect, test } from 'vitest';
import { NOW, openHotel, P } from '../testing/hotel.ts';

const offer = { propertyId: P, replaces: null, actor: 'owner', now: NOW };

test('of the codes that were drawn the first is offered that begins as no good one does', async () => {
  const { store } = await openHotel();
  const codes = ['ABCDEFGH', 'ABCDEFGJ', 'BBCDEFGH'];
  expect(await store.run('offerPairingCode', { ...offer, codes })).toMatchObject({ verdict: 'offered', which: 0 });
  expect(await store.run('offerPairingCode', { ...offer, codes })).toMatchObject({ verdict: 'offered', which: 2 });
  expect(await store.run('offerPairingCode', { ...offer, codes })).toEqual({ verdict: 'draw-again' });
});
