import {
  BLANK,
  type CardContent,
  deriveLockKey,
  imageOf,
  type Mac,
  newRoomLock,
  presentToLock,
  propertyTagOf,
  type RoomLock,
  type Serial,
  type WriteOutcome,
} from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardRecord } from '../../domain/places.ts';
import { AGENT, type Hotel, KEY, MAC, NOW, OTHER_MAC, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

/** Cards for one room, issued at two encoders at once, whose results come in any order. */

const MINUTE = Math.floor(NOW / 60_000);
const THE_LOCK = newRoomLock(propertyTagOf(P), 1, { version: 1, key: deriveLockKey(KEY.key, 1, 1) });

interface Issued {
  readonly recordId: string;
  readonly serial: Serial;
  readonly content: CardContent;
}

interface Wanted {
  readonly owner: string;
  readonly lossReport?: boolean;
  readonly encoder?: Mac;
}

/** A desk that issues card after card, each on new plastic. */
async function desk() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  let count = 0;
  /** Grants an issue; what it returns reports how the write ended. */
  async function grant({ owner, lossReport = false, encoder = MAC }: Wanted) {
    count += 1;
    const [operation, nonce, recordId] = [
      uuid<never>(100 + count),
      uuid<never>(200 + count),
      uuid<string>(300 + count),
    ];
    const serial = `04${String(count).padStart(4, '0')}` as Serial;
    await hotel.acceptIssue(operation, recordId, { owner, mode: lossReport ? 'lost' : 'by-holder', encoder });
    const result = await hotel.present(session, operation, nonce, BLANK, { serial, encoder });
    if (result.verdict !== 'granted') throw new Error(JSON.stringify(result));
    const content = result.grant.target;
    journal.write(operation, nonce, BLANK, content, serial);
    const issued: Issued = { recordId, serial, content };
    return {
      ...issued,
      async ends(outcome: WriteOutcome) {
        journal.result(operation, nonce, outcome);
        await catchUp(hotel, session, journal);
      },
      /** Somebody lays the card on an encoder while nothing waits there. */
      async isRead(reading: CardContent) {
        const ref = { propertyId: P, agentId: AGENT, session };
        const opened = await hotel.store.run('openCard', { ...ref, operation: null, encoder, serial, now: NOW });
        if (opened.verdict !== 'opened') throw new Error(opened.verdict);
        const { cardVersion } = opened;
        await hotel.store.run('recordReading', { ...ref, encoder, serial, content: reading, cardVersion, now: NOW });
      },
    };
  }
  return {
    hotel,
    grant,
    statusOf: async (issued: Issued) => (await recordOf(hotel, issued)).status,
  };
}

async function recordOf(hotel: Hotel, { recordId }: Issued): Promise<CardRecord> {
  const record = (await hotel.rows('cardRecords')).find(({ id }) => id === recordId);
  if (record === undefined) throw new Error(`no record ${recordId}`);
  return record;
}

async function catchUp(hotel: Hotel, session: number, journal: TestJournal): Promise<void> {
  const [agent] = await hotel.rows('agents');
  const records = journal.after(agent?.cursor ?? { number: 0, hash: '' });
  const result = await hotel.store.run('report', { propertyId: P, agentId: AGENT, session, records, now: NOW });
  if (result.verdict !== 'recorded') throw new Error(result.verdict);
}

/** What the lock says to each card, once all of them have been held to it. */
function saidByLock(cards: readonly Issued[]): string[] {
  let lock: RoomLock = THE_LOCK;
  const knock = ({ serial, content }: Issued) => {
    const decision = presentToLock(lock, { serial, image: imageOf(content) }, MINUTE);
    lock = decision.next;
    return decision.opens ? 'opens' : decision.reason;
  };
  for (const card of cards) knock(card);
  return cards.map(knock);
}

describe('two guests whose cards for one room are issued at once', () => {
  it('end with the one that the lock will take, whichever result comes first', async () => {
    for (const last of ['earlier', 'later'] as const) {
      const { grant, statusOf } = await desk();
      const earlier = await grant({ owner: 'Ada' });
      const later = await grant({ owner: 'Ben', encoder: OTHER_MAC });
      const results = last === 'earlier' ? [later, earlier] : [earlier, later];
      for (const each of results) await each.ends('succeeded');
      expect(saidByLock([earlier, later])).toEqual(['superseded', 'opens']);
      expect([await statusOf(earlier), await statusOf(later)]).toEqual(['superseded', 'active']);
    }
  });

  it('leave a history that says so: both were issued, then the earlier one was superseded', async () => {
    const { hotel, grant } = await desk();
    const earlier = await grant({ owner: 'Ada' });
    const later = await grant({ owner: 'Ben', encoder: OTHER_MAC });
    await later.ends('succeeded');
    await earlier.ends('succeeded');
    const events = await hotel.rows('roomEvents');
    const told = events.filter(({ recordId }) => recordId === earlier.recordId).map(({ kind }) => kind);
    expect(told.sort()).toEqual(['issued', 'superseded']);
    expect(await recordOf(hotel, earlier)).toMatchObject({ endedAt: NOW });
    const audit = (await hotel.rows('audit')).filter(({ action }) => action === 'card-superseded');
    expect(audit.map(({ details }) => JSON.parse(details).record)).toContain(earlier.recordId);
  });

  it('end with a loss report as the lock tells it', async () => {
    const { grant, statusOf } = await desk();
    const earlier = await grant({ owner: 'Ada' });
    const report = await grant({ owner: 'Ada', lossReport: true, encoder: OTHER_MAC });
    await report.ends('succeeded');
    await earlier.ends('succeeded');
    expect(saidByLock([earlier, report])).toEqual(['loss-reported', 'opens']);
    expect([await statusOf(earlier), await statusOf(report)]).toEqual(['lost', 'active']);
  });

  it('leave the earlier one in use when the later card was never written', async () => {
    const { grant, statusOf } = await desk();
    const earlier = await grant({ owner: 'Ada' });
    const later = await grant({ owner: 'Ben', encoder: OTHER_MAC });
    await later.ends('rejected');
    await earlier.ends('succeeded');
    expect([await statusOf(earlier), await statusOf(later)]).toEqual(['active', 'void']);
  });

  it('supersede the earlier one although the later card has been cancelled since: it may have been used before', async () => {
    const { hotel, grant, statusOf } = await desk();
    const earlier = await grant({ owner: 'Ada' });
    const later = await grant({ owner: 'Ben', encoder: OTHER_MAC });
    await later.ends('succeeded');
    const record = await recordOf(hotel, later);
    await hotel.store.run('putRows', {
      rows: [{ table: 'cardRecords', row: { ...record, status: 'cancelled', endedAt: NOW } }],
      onlyIfEmpty: false,
    });
    await earlier.ends('succeeded');
    expect(await statusOf(earlier)).toBe('superseded');
  });
});

describe('one guest whose two cards for a room are issued at once', () => {
  it('has two cards that live side by side', async () => {
    const { grant, statusOf } = await desk();
    const first = await grant({ owner: 'Ada' });
    const second = await grant({ owner: 'Ada', encoder: OTHER_MAC });
    await second.ends('succeeded');
    await first.ends('succeeded');
    expect(saidByLock([first, second])).toEqual(['opens', 'opens']);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['active', 'active']);
  });

  it('does not share the place of a card that was granted before the newest guest had one', async () => {
    const { grant, statusOf } = await desk();
    await grant({ owner: 'Ada' });
    const ben = await grant({ owner: 'Ben', encoder: OTHER_MAC });
    await ben.ends('succeeded');
    const ada = await grant({ owner: 'Ada', encoder: OTHER_MAC });
    await ada.ends('succeeded');
    expect(saidByLock([ben, ada])).toEqual(['superseded', 'opens']);
    expect([await statusOf(ben), await statusOf(ada)]).toEqual(['superseded', 'active']);
  });
});

describe('an issue whose outcome nobody could tell', () => {
  it('is superseded when a later guest has had a card by the time that it is read', async () => {
    const { grant, statusOf } = await desk();
    const earlier = await grant({ owner: 'Ada' });
    await earlier.ends('unknown');
    const later = await grant({ owner: 'Ben', encoder: OTHER_MAC });
    await later.ends('succeeded');
    expect(await statusOf(earlier)).toBe('pending');
    await earlier.isRead(earlier.content);
    expect(saidByLock([earlier, later])).toEqual(['superseded', 'opens']);
    expect([await statusOf(earlier), await statusOf(later)]).toEqual(['superseded', 'active']);
  });

  it('supersedes the guest before it, and no card after it', async () => {
    const { grant, statusOf } = await desk();
    const before = await grant({ owner: 'Ada' });
    await before.ends('succeeded');
    const between = await grant({ owner: 'Ben' });
    await between.ends('unknown');
    expect(await statusOf(before)).toBe('active');
    await between.isRead(between.content);
    expect([await statusOf(before), await statusOf(between)]).toEqual(['superseded', 'active']);
  });

  it('was never issued when the card is found blank', async () => {
    const { grant, statusOf } = await desk();
    const issue = await grant({ owner: 'Ada' });
    await issue.ends('unknown');
    await issue.isRead(BLANK);
    expect(await statusOf(issue)).toBe('void');
  });
});

it('whatever is issued to whom, at once or in turn, the active cards are those that the lock will take', async () => {
  const issue = fc.record({
    owner: fc.constantFrom('Ada', 'Ben', 'Cai'),
    lossReport: fc.boolean(),
    outcome: fc.constantFrom<WriteOutcome>('succeeded', 'succeeded', 'rejected', 'damaged'),
    /** Whether its result comes before the next grant; else at the end, in an order of its own. */
    waits: fc.boolean(),
    rank: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(issue, { minLength: 2, maxLength: 4 }), async (plan) => {
      const { grant, statusOf } = await desk();
      const late: { readonly rank: number; end(): Promise<void> }[] = [];
      const written: Issued[] = [];
      // An encoder has one operation at a time: what waits for its result holds one of the two.
      let free = 2;
      for (const { owner, lossReport, outcome, waits, rank } of plan) {
        if (free === 0) break;
        const issued = await grant({ owner, lossReport, encoder: free === 2 ? MAC : OTHER_MAC });
        if (outcome === 'succeeded') written.push(issued);
        if (!waits) {
          await issued.ends(outcome);
          continue;
        }
        free -= 1;
        late.push({ rank, end: () => issued.ends(outcome) });
      }
      for (const { end } of late.sort((a, b) => a.rank - b.rank)) await end();
      const said = saidByLock(written);
      const statuses = await Promise.all(written.map(statusOf));
      expect(statuses.map((status) => status === 'active')).toEqual(said.map((each) => each === 'opens'));
    }),
    { numRuns: 60 },
  );
});
