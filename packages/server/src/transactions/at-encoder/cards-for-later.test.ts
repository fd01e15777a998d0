import {
  BLANK,
  type CardContent,
  deriveLockKey,
  type InstanceId,
  imageOf,
  newRoomLock,
  presentToLock,
  propertyTagOf,
  type RoomLock,
  type Serial,
} from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IssueMode } from '../../domain/issue-wish.ts';
import type { PreviewIssue } from '../../queries/preview-issue.ts';
import { AGENT, KEY, MAC, NOW, openHotel, P, TestJournal, uuid } from '../testing/hotel.ts';

/** Cards that begin later than they are issued: who is in when, by the records and at the door. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TOMORROW = Math.ceil((NOW + DAY_MS) / MINUTE_MS) * MINUTE_MS;
const NEXT_WEEK = TOMORROW + 7 * DAY_MS;

interface Wanted {
  readonly owner: string | null;
  readonly beginsAt?: number;
  readonly mode?: IssueMode;
  readonly validUntil?: number;
  readonly now?: number;
}

interface Issued {
  readonly recordId: string;
  readonly serial: Serial;
  readonly content: CardContent;
}

/** A desk that issues card after card, each on new plastic, and a door that remembers who was there. */
async function desk() {
  const hotel = await openHotel();
  const journal = new TestJournal();
  let session = await hotel.connect(journal);
  let lock: RoomLock = newRoomLock(propertyTagOf(P), 1, { version: 1, key: deriveLockKey(KEY.key, 1, 1) });
  let count = 0;
  const inputOf = ({ owner, beginsAt, mode = 'by-holder', validUntil = NEXT_WEEK + DAY_MS }: Wanted) => ({
    owner,
    beginsAt: beginsAt ?? null,
    mode,
    validUntil,
  });
  const report = async (now: number) => {
    const [agent] = await hotel.rows('agents');
    const records = journal.after(agent?.cursor ?? { number: 0, hash: '' });
    await hotel.store.run('report', { propertyId: P, agentId: AGENT, session, records, now });
  };
  return {
    hotel,
    journal,
    async issue(wanted: Wanted): Promise<Issued & { readonly ended: readonly string[] }> {
      count += 1;
      const now = wanted.now ?? NOW;
      const [operation, nonce, recordId] = [
        uuid<never>(100 + count),
        uuid<never>(200 + count),
        uuid<string>(300 + count),
      ];
      const serial = `04${String(count).padStart(4, '0')}` as Serial;
      await hotel.acceptIssue(operation, recordId, { ...inputOf(wanted), now, deadline: now + 20_000 });
      const result = await hotel.present(session, operation, nonce, BLANK, { serial, now });
      if (result.verdict !== 'granted') throw new Error(JSON.stringify(result));
      const content = result.grant.target;
      const before = await hotel.rows('cardRecords');
      journal.write(operation, nonce, BLANK, content, serial).result(operation, nonce, 'succeeded');
      await report(now);
      await hotel.store.run('cardLifted', { propertyId: P, agentId: AGENT, session, encoder: MAC });
      const after = await hotel.rows('cardRecords');
      const ended = before.filter((old) => after.some((each) => each.id === old.id && isEnd(old.status, each.status)));
      return { recordId, serial, content, ended: ended.map(({ id }) => id) };
    },
    tryTo: (wanted: Wanted) => hotel.acceptIssue(uuid(9), uuid(99), inputOf(wanted)),
    preview: (wanted: Wanted) =>
      hotel.store.read('previewIssue', {
        ...{ propertyId: P, buildingNo: '1', floorNo: '1', roomNo: '1', ownerGender: null, ownerAreaCode: null },
        ...{ ownerMobile: null, normallyOpen: false, networked: false, now: wanted.now ?? NOW },
        ...inputOf(wanted),
      } satisfies PreviewIssue),
    begin: (now: number) => hotel.store.run('beginDue', { now }),
    async statuses(...cards: readonly Issued[]) {
      const rows = await hotel.rows('cardRecords');
      return cards.map(({ recordId }) => rows.find(({ id }) => id === recordId)?.status);
    },
    /** What the door says, which remembers it. */
    knock({ serial, content }: Issued, now: number): string {
      const decision = presentToLock(lock, { serial, image: imageOf(content) }, now / MINUTE_MS);
      lock = decision.next;
      return decision.opens ? 'opens' : decision.reason;
    },
    async reconnect(instance: InstanceId) {
      session = await hotel.connect(journal, { instance, acknowledged: journal.head });
    },
  };
}

function isEnd(before: string, after: string): boolean {
  return before === 'active' && (after === 'superseded' || after === 'lost');
}

describe('a card for a later stay', () => {
  it.each(['sold first', 'sold last'])(
    '%s, opens from its begin on, and the guest before until then',
    async (order) => {
      const { issue, begin, statuses, knock } = await desk();
      const sellLater = () => issue({ owner: 'Ben', beginsAt: TOMORROW });
      const first = order === 'sold first' ? await sellLater() : null;
      const ada = await issue({ owner: 'Ada' });
      const ben = first ?? (await sellLater());

      expect(await statuses(ada, ben)).toEqual(['active', 'active']);
      expect([knock(ben, TOMORROW - MINUTE_MS), knock(ada, TOMORROW - MINUTE_MS)]).toEqual(['not-yet-valid', 'opens']);
      await begin(TOMORROW - 1);
      expect(await statuses(ada, ben)).toEqual(['active', 'active']);
      await begin(TOMORROW);
      expect(await statuses(ada, ben)).toEqual(['superseded', 'active']);
      expect([knock(ada, TOMORROW), knock(ben, TOMORROW), knock(ada, TOMORROW)]).toEqual([
        'opens',
        'opens',
        'superseded',
      ]);
    },
  );

  it('sold for sooner after one for later is not shut out, and shuts nobody out who comes after it', async () => {
    const { issue, begin, statuses, knock } = await desk();
    const cai = await issue({ owner: 'Cai', beginsAt: NEXT_WEEK });
    const ben = await issue({ owner: 'Ben', beginsAt: TOMORROW });
    const ada = await issue({ owner: 'Ada' });
    expect(knock(ada, NOW)).toBe('opens');
    await begin(TOMORROW);
    expect([knock(ben, TOMORROW), knock(ada, TOMORROW)]).toEqual(['opens', 'superseded']);
    await begin(NEXT_WEEK);
    expect([knock(cai, NEXT_WEEK), knock(ben, NEXT_WEEK)]).toEqual(['opens', 'superseded']);
    expect(await statuses(ada, ben, cai)).toEqual(['superseded', 'superseded', 'active']);
  });

  it('shares the sequence with the same guest where both begin together, and opens beside it', async () => {
    const { issue, begin, statuses, knock } = await desk();
    const first = await issue({ owner: 'Ben', beginsAt: TOMORROW });
    const second = await issue({ owner: 'ben', beginsAt: TOMORROW + 59_000 });
    const third = await issue({ owner: null, mode: 'duplicate', beginsAt: TOMORROW });
    await begin(TOMORROW);
    expect(await statuses(first, second, third)).toEqual(['active', 'active', 'active']);
    for (const card of [first, second, third, first]) expect(knock(card, TOMORROW)).toBe('opens');
  });

  it('counts from its begin on, also before that is noted', async () => {
    const { issue, begin, statuses, knock } = await desk();
    const ben = await issue({ owner: 'Ben', beginsAt: TOMORROW });
    const cai = await issue({ owner: 'Cai', now: TOMORROW + MINUTE_MS });
    expect([knock(ben, TOMORROW + MINUTE_MS), knock(cai, TOMORROW + MINUTE_MS)]).toEqual(['opens', 'opens']);
    expect(knock(ben, TOMORROW + MINUTE_MS)).toBe('superseded');
    await begin(TOMORROW + 2 * MINUTE_MS);
    expect(await statuses(ben, cai)).toEqual(['superseded', 'active']);
  });

  it('that has begun stays begun when the clock is set back: the next guest comes after it', async () => {
    const { issue, begin, knock } = await desk();
    const ben = await issue({ owner: 'Ben', beginsAt: TOMORROW });
    await begin(TOMORROW);
    expect(knock(ben, TOMORROW)).toBe('opens');
    const cai = await issue({ owner: 'Cai', now: NOW + MINUTE_MS });
    expect([knock(cai, TOMORROW), knock(ben, TOMORROW)]).toEqual(['opens', 'superseded']);
  });

  it('that a restored database had forgotten is one for later again, and begins when its time comes', async () => {
    const { hotel, issue, begin, statuses, reconnect, journal } = await desk();
    const ada = await issue({ owner: 'Ada' });
    await hotel.acceptIssue(uuid(50), uuid(51), { owner: 'Ben', beginsAt: TOMORROW, validUntil: NEXT_WEEK });
    const backup = hotel.store.snapshot();
    const [agent] = await hotel.rows('agents');
    const serial = '04FFFF' as Serial;
    const result = await hotel.present(agent?.session ?? 0, uuid(50), uuid(52), BLANK, { serial });
    if (result.verdict !== 'granted') throw new Error(JSON.stringify(result));
    const { target } = result.grant;
    journal.write(uuid(50), uuid(52), BLANK, target, serial).result(uuid(50), uuid(52), 'succeeded');
    const ref = { propertyId: P, agentId: AGENT, session: agent?.session ?? 0 };
    const records = journal.after(agent?.cursor ?? { number: 0, hash: '' });
    await hotel.store.run('report', { ...ref, records, now: NOW });
    const issued = (await hotel.rows('cardRecords')).find(({ id }) => id === uuid(51));
    hotel.store.restore(backup);
    await reconnect(uuid(4));

    const replayed = (await hotel.rows('cardRecords')).find(({ id }) => id === uuid(51));
    expect(replayed).toMatchObject({ status: 'active', begun: false, sequence: issued?.sequence, validFrom: TOMORROW });
    const ben = { recordId: uuid<string>(51), serial, content: target };
    expect(await statuses(ada, ben)).toEqual(['active', 'active']);
    await begin(TOMORROW);
    expect(await statuses(ada, ben)).toEqual(['superseded', 'active']);
  });

  it('does not count in what a lock is set up with before it begins', async () => {
    const { hotel, issue, begin } = await desk();
    await issue({ owner: 'Ada' });
    const ben = await issue({ owner: 'Ben', beginsAt: TOMORROW });
    const [room] = await hotel.rows('rooms');
    const given = { propertyId: P, roomId: room?.id ?? '', recipient: '' as never, actor: 'owner', now: NOW };
    const exportLock = () => hotel.store.run('exportLock', given);
    const sequenceOf = async (id: string) => (await hotel.rows('cardRecords')).find((each) => each.id === id)?.sequence;
    expect((await exportLock())?.sequence).toBeLessThan((await sequenceOf(ben.recordId)) ?? 0);
    await begin(TOMORROW);
    expect((await exportLock())?.sequence).toBe(await sequenceOf(ben.recordId));
  });
});

describe('an issue is refused', () => {
  it.each<[string, Wanted]>([
    ['end-before-begin', { owner: 'Ben', beginsAt: TOMORROW, validUntil: TOMORROW }],
    ['lost-for-later', { owner: 'Ben', beginsAt: TOMORROW, mode: 'lost' }],
    ['no-guest-in', { owner: null, mode: 'duplicate', beginsAt: TOMORROW }],
  ])('with %s', async (cause, wanted) => {
    const { tryTo, preview, issue } = await desk();
    await issue({ owner: 'Ada' });
    await expect(tryTo(wanted)).rejects.toThrow(cause);
    expect(await preview(wanted)).toEqual({ verdict: 'refused', refusal: { cause } });
  });

  it('as a duplicate where the guest has gone, or another one has come', async () => {
    const { hotel, issue, tryTo } = await desk();
    const ada = await issue({ owner: 'Ada' });
    const second = await issue({ owner: null, mode: 'duplicate' });
    const rows = await hotel.rows('cardRecords');
    expect(rows.find(({ id }) => id === second.recordId)).toMatchObject({ owner: 'Ada', sameAs: ada.recordId });

    await hotel.acceptIssue(uuid(60), uuid(61), { owner: null, mode: 'duplicate', encoder: MAC });
    const gone = rows.map((row) => ({ table: 'cardRecords' as const, row: { ...row, status: 'cancelled' as const } }));
    await hotel.store.run('putRows', { rows: gone, onlyIfEmpty: false });
    const [agent] = await hotel.rows('agents');
    const asked = await hotel.present(agent?.session ?? 0, uuid(60), uuid(62), BLANK, { serial: '04EEEE' as Serial });
    expect(asked).toMatchObject({ refusal: { cause: 'no-guest-in' } });
    expect(await hotel.operation(uuid(60))).toMatchObject({ state: 'rejected', cause: 'no-guest-in' });
    await expect(tryTo({ owner: null, mode: 'duplicate' })).rejects.toThrow('no-guest-in');
  });
});

it('a preview tells what the issue then does, whatever the room holds', async () => {
  const sale = fc.record({
    owner: fc.constantFrom('Ada', 'Ben', 'Cai'),
    days: fc.constantFrom(0, 0, 1, 2, 3),
    stays: fc.constantFrom(1, 2, 9),
    mode: fc.constantFrom<IssueMode>('by-holder', 'by-holder', 'new', 'duplicate', 'lost'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(sale, { minLength: 1, maxLength: 5 }), async (sales) => {
      const { hotel, issue, preview, begin } = await desk();
      for (const [i, { owner, days, stays, mode }] of sales.entries()) {
        const at = days === 0 ? {} : { beginsAt: TOMORROW + days * DAY_MS };
        const from = days === 0 ? NOW : TOMORROW + days * DAY_MS;
        const wanted = { owner: mode === 'duplicate' ? null : owner, mode, validUntil: from + stays * DAY_MS, ...at };
        const foreseen = await preview(wanted);
        if (foreseen.verdict === 'refused') continue;
        const issued = await issue(wanted);
        if (days === 0) {
          const living = (await hotel.rows('cardRecords')).filter(({ validUntil }) => validUntil > NOW);
          const ended = issued.ended.filter((id) => living.some((each) => each.id === id));
          expect(ended.sort()).toEqual(foreseen.stops.map(({ recordId }) => recordId).sort());
        } else expect(issued.ended).toEqual([]);
        if (i < sales.length - 1) continue;
        // Nothing else is issued any more: the days pass, and what was foreseen comes.
        const ends = new Map<string, number>();
        for (let day = 0; day < 6; day += 1) {
          const now = TOMORROW + day * DAY_MS;
          await begin(now);
          for (const { id, endedAt, status, validUntil } of await hotel.rows('cardRecords'))
            if (endedAt === now && isEnd('active', status) && validUntil > now) ends.set(id, now);
        }
        const told = (await hotel.rows('audit')).filter(({ action }) => action === 'card-superseded');
        const byIt = told
          .map(({ details }) => JSON.parse(details) as { record: string; by?: string })
          .filter(({ by, record }) => by === issued.recordId && ends.has(record));
        if (days > 0)
          expect(byIt.map(({ record }) => record).sort()).toEqual(
            foreseen.stops.map(({ recordId }) => recordId).sort(),
          );
        expect(ends.get(issued.recordId) ?? null).toBe(foreseen.stopsItself?.at ?? null);
      }
    }),
    { numRuns: 40 },
  );
});
