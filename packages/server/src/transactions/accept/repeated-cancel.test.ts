import { BLANK, type CardContent, type InstanceId, type Nonce, type OperationId } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { AGENT, type Hotel, ISSUED, NOW, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

const CANCEL = uuid<OperationId>(10);
const ISSUE = uuid<OperationId>(11);
const REPEAT = uuid<OperationId>(12);

/** The very same cancel, sent whenever. */
const cancelAgain = ({ askToCancel }: Hotel, id: OperationId) => askToCancel(id, CANCEL);

/** A hotel whose card was cancelled while nobody waited for the answer any more. */
async function cancelledWithoutAnswer() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  const ref = { propertyId: P, agentId: AGENT, session };
  const report = async (
    id: OperationId,
    nonce: Nonce,
    outcome: 'succeeded' | 'rejected',
    before: CardContent,
    target: CardContent,
  ) => {
    const from = journal.head;
    journal.write(id, nonce, before, target).result(id, nonce, outcome);
    await hotel.store.run('report', { ...ref, records: journal.after(from), now: NOW });
  };
  await hotel.accept(CANCEL);
  await hotel.present(session, CANCEL, uuid(20));
  await hotel.store.run('noteCaller', { propertyId: P, operation: CANCEL, caller: 'told-open', now: NOW });
  const backup = hotel.store.snapshot();
  await report(CANCEL, uuid(20), 'succeeded', ISSUED, BLANK);
  /** Somebody issues the same card anew. */
  const issue = async (outcome: 'succeeded' | 'rejected') => {
    await hotel.acceptIssue(ISSUE, uuid(30));
    const result = await hotel.present(session, ISSUE, uuid(21), BLANK);
    if (result.verdict !== 'granted') throw new Error(`not granted: ${JSON.stringify(result)}`);
    await report(ISSUE, uuid(21), outcome, BLANK, result.grant.target);
  };
  /** The database is set back to before the result, and the agent tells it what its journal holds. */
  const restore = async () => {
    hotel.store.restore(backup);
    await hotel.connect(journal, { instance: uuid<InstanceId>(4), acknowledged: journal.head });
  };
  return { hotel, issue, restore };
}

describe('a cancel that succeeded without its caller being told, sent again', () => {
  it('tells that it succeeded, as often as it is asked', async () => {
    const { hotel } = await cancelledWithoutAnswer();
    for (let i = 0; i < 2; i += 1) {
      expect(await cancelAgain(hotel, uuid(40 + i))).toMatchObject({
        verdict: 'joined',
        operation: { id: CANCEL, state: 'succeeded' },
      });
    }
  });

  it('is a new cancel when the card has been issued anew since', async () => {
    const { hotel, issue } = await cancelledWithoutAnswer();
    await issue('succeeded');
    expect(await cancelAgain(hotel, REPEAT)).toMatchObject({ verdict: 'accepted', operation: { id: REPEAT } });
  });

  it('is a new cancel in a restored database, which has lost what was done to the card since', async () => {
    const { hotel, issue, restore } = await cancelledWithoutAnswer();
    await issue('succeeded');
    await restore();
    expect(await hotel.rows('operations')).toMatchObject([{ id: CANCEL, state: 'succeeded' }]);
    expect(await cancelAgain(hotel, REPEAT)).toMatchObject({ verdict: 'accepted', operation: { id: REPEAT } });
  });

  it('names no other operation when an issue was tried since and changed nothing', async () => {
    const { hotel, issue } = await cancelledWithoutAnswer();
    await issue('rejected');
    expect(await cancelAgain(hotel, REPEAT)).toEqual({ verdict: 'already-done', operationId: null });
  });
});
