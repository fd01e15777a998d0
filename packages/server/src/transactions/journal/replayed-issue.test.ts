import { BLANK, type InstanceId, type Nonce, type OperationId } from '@keyrack/protocol';
import { expect, it } from 'vitest';
import { AGENT, MAC, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

const ISSUE = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const NONCE = uuid<Nonce>(20);

it('an issue that a restored database had forgotten gives its sequence back to card record and room', async () => {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  await hotel.acceptIssue(ISSUE, uuid(30));
  const backup = hotel.store.snapshot();
  const result = await hotel.present(session, ISSUE, NONCE, BLANK);
  if (result.verdict !== 'granted') throw new Error(JSON.stringify(result));
  const issued = (await hotel.rows('cardRecords')).find(({ id }) => id === uuid(30));
  journal.write(ISSUE, NONCE, BLANK, result.grant.target).result(ISSUE, NONCE, 'succeeded');
  await hotel.store.run('report', {
    ...{ propertyId: P, agentId: AGENT, session },
    records: journal.records,
    now: issued?.issuedAt ?? 0,
  });
  hotel.store.restore(backup);

  const later = await hotel.connect(journal, { instance: uuid<InstanceId>(4), acknowledged: journal.head });
  const replayed = (await hotel.rows('cardRecords')).find(({ id }) => id === uuid(30));
  expect(replayed).toMatchObject({ status: 'active', serial: issued?.serial, sequence: issued?.sequence });
  expect(await hotel.rows('rooms')).toMatchObject([{ sequence: issued?.sequence }]);

  // The same guest's next card shares it.
  await hotel.acceptIssue(NEXT, uuid(31));
  await hotel.store.run('cardLifted', { propertyId: P, agentId: AGENT, session: later, encoder: MAC });
  expect(await hotel.present(later, NEXT, uuid(21), BLANK)).toMatchObject({ verdict: 'granted' });
  expect((await hotel.rows('cardRecords')).find(({ id }) => id === uuid(31))?.sequence).toBe(issued?.sequence);
});
