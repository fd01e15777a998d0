import { describe, expect, test } from 'vitest';
import type { Way } from '../domain/guess-limit.ts';
import { FAILURES } from '../domain/limits.ts';
import { type Creator, type Member, newMember } from '../domain/people.ts';
import { queries } from '../queries/index.ts';
import { createMemoryStore } from '../store/index.ts';
import { transactions } from '../transactions/index.ts';
import { createCredentials } from './credentials.ts';
import type { Passwords } from './password.ts';

const P = 'hotel';
const RIGHT = 'a'.repeat(32);
const MEMBER = newMember({
  propertyId: P,
  id: 'zoe',
  name: 'Zoé',
  role: 'receptionist',
  areaCode: '86',
  mobile: '10000000000',
  email: 'zoé@keyrack.example',
  passwordHash: RIGHT,
  issuingPermission: true,
});
const COLLEAGUE: Member = { ...MEMBER, id: 'max', mobile: '10000000001', email: 'max@keyrack.example' };

const byEmail = (email: string): Creator => ({ by: 'email', email });
const byMobile = (areaCode: string, mobile: string): Creator => ({ by: 'mobile', areaCode, mobile });
const ACCOUNT: Way = { by: 'account', sid: 'a' };
const DESK: Way = { by: 'desk', agentId: 'a' };
const wrong = (n: number) => n.toString(16).padStart(32, '0');

/** A hotel with two members, and how many checks its passwords have cost. Hashes stand for themselves. */
async function openHotel({ keys = 1_000 } = {}) {
  let at = 0;
  const hotel = { checks: 0 };
  const passwords: Passwords = {
    hash: async (md5) => md5,
    async verify(hash, md5) {
      hotel.checks += 1;
      return hash === md5;
    },
  };
  const { run, read } = createMemoryStore(transactions, queries);
  const put = (...members: Member[]) =>
    run('putRows', { rows: members.map((row) => ({ table: 'members' as const, row })), onlyIfEmpty: false });
  await put(MEMBER, COLLEAGUE);
  const credentials = createCredentials({ read, clock: { monotonic: () => at }, passwords, atOnce: 2, keys });
  const shows = async (creator: Creator, md5: string, way = ACCOUNT) => {
    const check = await credentials.checkMember(P, way, creator, md5);
    return check.ok ? check.member.id : check.refusal.cause;
  };
  return Object.assign(hotel, {
    put,
    shows,
    wait: (ms: number) => {
      at += ms;
    },
    async fails(creator: Creator, times: number, way = ACCOUNT) {
      for (let n = 0; n < times; n += 1) expect(await shows(creator, wrong(n), way)).toBe('creator-or-password');
    },
  });
}

const MOBILE = byMobile('86', '10000000000');
const EMAIL = byEmail('zoé@keyrack.example');

describe('ten wrong passwords of a member', () => {
  test.each([
    ['the same name', MOBILE],
    ['the e-mail', EMAIL],
    ['the e-mail in capitals', byEmail('ZOÉ@Keyrack.Example')],
    ['the e-mail with the accent as a character of its own', byEmail('zoe\u0301@keyrack.example')],
    ['the e-mail in full-width letters', byEmail('\uff5aoé@keyrack.example')],
  ])('by mobile close the way under %s', async (_, spelling) => {
    const hotel = await openHotel();
    expect(await hotel.shows(spelling, RIGHT)).toBe('zoe');
    await hotel.fails(MOBILE, 10);
    expect(await hotel.shows(spelling, RIGHT)).toBe('too-many-failures');
    expect(await hotel.shows(spelling, wrong(99))).toBe('too-many-failures');
  });

  test.each([
    ['86', 'zoe'],
    ['086', 'creator-or-password'],
    ['0086', 'creator-or-password'],
    ['', 'creator-or-password'],
  ])('are no fewer for the area code %j: it is the member, or it opens nothing', async (areaCode, answer) => {
    expect(await (await openHotel()).shows(byMobile(areaCode, '10000000000'), RIGHT)).toBe(answer);
  });

  test.each<[string, Creator, Way, string]>([
    ['the member at a desk', MOBILE, DESK, 'zoe'],
    ['the member through another account', EMAIL, { by: 'account', sid: 'b' }, 'zoe'],
    ['the member from an address', EMAIL, { by: 'source', source: 'a' }, 'zoe'],
    ['a colleague through the same account', byEmail('max@keyrack.example'), ACCOUNT, 'max'],
  ])('leave %s alone', async (_, creator, way, id) => {
    const hotel = await openHotel();
    await hotel.fails(MOBILE, 10);
    expect(await hotel.shows(creator, RIGHT, way)).toBe(id);
  });

  test('close the way for a quarter of an hour, as the answer says', async () => {
    const hotel = await openHotel();
    await hotel.fails(MOBILE, 10);
    hotel.wait(FAILURES.windowMs - 1);
    expect(await hotel.shows(MOBILE, RIGHT)).toBe('too-many-failures');
    hotel.wait(1);
    expect(await hotel.shows(MOBILE, RIGHT)).toBe('zoe');
  });
});

test('beyond 100 failures an hour, a desk has one, but for those where the member succeeded in the last day', async () => {
  const hotel = await openHotel();
  const desk = (agentId: string): Way => ({ by: 'desk', agentId });
  expect(await hotel.shows(MOBILE, RIGHT, desk('usual'))).toBe('zoe');
  hotel.wait(23 * 60 * 60_000);
  for (let n = 0; n < 10; n += 1) await hotel.fails(n % 2 === 0 ? MOBILE : EMAIL, 10, desk(`stolen ${n}`));

  expect(await hotel.shows(MOBILE, RIGHT, desk('fresh')), 'nobody is kept out').toBe('zoe');
  await hotel.fails(MOBILE, 1, desk('other'));
  expect(await hotel.shows(MOBILE, wrong(1), desk('other'))).toBe('too-many-failures');
  await hotel.fails(MOBILE, 9, desk('usual'));
  expect(await hotel.shows(EMAIL, RIGHT, desk('usual'))).toBe('zoe');
  await hotel.fails(byEmail('max@keyrack.example'), 9, desk('other'));
});

describe('a name that nobody has', () => {
  /** What is shown, and the names by which it is shown in turn. */
  const courses: Record<string, (hotel: Awaited<ReturnType<typeof openHotel>>, name: Creator) => Promise<string[]>> = {
    'eleven wrong passwords': async (hotel, name) => {
      const answers: string[] = [];
      for (let n = 0; n < 11; n += 1) answers.push(await hotel.shows(name, wrong(n)));
      return answers;
    },
    'one wrong password again and again': async (hotel, name) => {
      const answers: string[] = [];
      for (let n = 0; n < 12; n += 1) answers.push(await hotel.shows(name, wrong(1)));
      return answers;
    },
    '40 wrong passwords at once': (hotel, name) =>
      Promise.all(Array.from({ length: 40 }, (_, n) => hotel.shows(name, wrong(n)))),
    'one wrong password 40 times at once': (hotel, name) =>
      Promise.all(Array.from({ length: 40 }, () => hotel.shows(name, wrong(1)))),
    '15 wrong passwords by each of 12 ways': async (hotel, name) => {
      const answers: string[] = [];
      for (let way = 0; way < 12; way += 1) {
        for (let n = 0; n < 15; n += 1) {
          answers.push(await hotel.shows(name, wrong(n), { by: 'desk', agentId: String(way) }));
        }
      }
      return answers;
    },
    'wrong passwords with time between them': async (hotel, name) => {
      const answers: string[] = [];
      for (let n = 0; n < 60; n += 1) {
        answers.push(await hotel.shows(name, wrong(n)));
        hotel.wait(FAILURES.windowMs / 20);
      }
      return answers;
    },
  };

  test.each(Object.keys(courses))('is answered as a known one after the same work: %s', async (course) => {
    const answersTo = async (name: Creator) => {
      const hotel = await openHotel();
      return { answers: await courses[course]?.(hotel, name), checks: hotel.checks };
    };
    const known = await answersTo(MOBILE);
    expect(await answersTo(byMobile('86', '19999999999'))).toEqual(known);
    expect(await answersTo(byEmail('nobody@keyrack.example'))).toEqual(known);
    expect(known.answers).toContain('creator-or-password');
  });

  test.each(['NOBODY@keyrack.example', 'nobody@KEYRACK.example', '\uff4eobody@keyrack.example'])(
    'is counted once, also when it is spelt %j',
    async (spelling) => {
      const hotel = await openHotel();
      await hotel.fails(byEmail('nobody@keyrack.example'), 10);
      expect(await hotel.shows(byEmail(spelling), RIGHT)).toBe('too-many-failures');
    },
  );

  test('pushes no member out of the counts, however many there are', async () => {
    const hotel = await openHotel({ keys: 3 });
    await hotel.fails(MOBILE, 10);
    for (let n = 0; n < 50; n += 1) await hotel.fails(byEmail(`nobody${n}@keyrack.example`), 1);
    expect(await hotel.shows(MOBILE, RIGHT)).toBe('too-many-failures');
  });
});

describe('a right password', () => {
  test('is checked once in five minutes, for this version of the member', async () => {
    const hotel = await openHotel();
    for (let n = 0; n < 3; n += 1) expect(await hotel.shows(n === 1 ? EMAIL : MOBILE, RIGHT)).toBe('zoe');
    expect(hotel.checks).toBe(1);
    await hotel.put({ ...MEMBER, passwordHash: wrong(1), version: 2 });
    expect(await hotel.shows(MOBILE, RIGHT)).toBe('creator-or-password');
    expect(await hotel.shows(MOBILE, wrong(1))).toBe('zoe');
    expect(hotel.checks).toBe(3);
    hotel.wait(5 * 60_000);
    expect(await hotel.shows(MOBILE, wrong(1))).toBe('zoe');
    expect(hotel.checks).toBe(4);
  });

  test('is checked once for all who send it at once', async () => {
    const hotel = await openHotel();
    const ways = [ACCOUNT, DESK, { by: 'account', sid: 'b' }] as const;
    const answers = await Promise.all(Array.from({ length: 320 }, (_, n) => hotel.shows(MOBILE, RIGHT, ways[n % 3])));
    expect(new Set(answers)).toEqual(new Set(['zoe']));
    expect(hotel.checks).toBe(1);
  });
});
