import { describe, expect, test } from 'vitest';
import { eventOf } from '../domain/events.ts';
import { AGENT_ABSENCE } from '../domain/limits.ts';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import {
  AGENT,
  type Hotel,
  NOW,
  OTHER_AGENT,
  openHotel,
  P,
  TestJournal,
  uuid,
  VISIT,
} from '../transactions/testing/hotel.ts';
import { type AbsenceWatch, createAbsenceWatch } from './absence-watch.ts';
import { createOutcomes } from './outcomes.ts';
import { createRunner, type Run } from './runner.ts';

const AFTER_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const LOOK_MS = AGENT_ABSENCE.lookEveryMs;
const OWN_KEY = { tokenHash: null, publicKey: null };

/** A server that watches a hotel's desks. Its agent connects and leaves as a test says. */
async function watched(hotel?: Hotel) {
  const own = hotel ?? (await openHotel());
  const clock = createVirtualClock(NOW);
  const errors: unknown[] = [];
  let isFailing = false;
  const runner = createRunner(
    own.store,
    createOutcomes((error) => void errors.push(error)),
  );
  const run: Run = (name, input) =>
    isFailing ? Promise.reject(new StoreError('aborted', 'the disk is full')) : runner(name, input);
  const online = new Set<string>();
  let watch: AbsenceWatch;
  const start = async () => {
    watch = createAbsenceWatch({
      run,
      read: own.store.read,
      clock,
      isConnected: (agentId) => online.has(agentId),
      afterMs: AFTER_MS,
      onTold: () => {},
      onError: (error) => void errors.push(error),
    });
    await watch.start();
  };
  await start();
  return {
    hotel: own,
    clock,
    errors,
    /** Says hello and catches up, by the time of the clock. */
    async come(agentId = AGENT, journal = new TestJournal()) {
      const agent = (await own.rows('agents')).find(({ id }) => id === agentId);
      const started = await runner('startSession', {
        visit: { ...VISIT, seenAt: clock.now() },
        propertyId: P,
        agentId,
        provedBy: agent ?? OWN_KEY,
        journal: { id: journal.id, head: journal.head },
      });
      if (started.verdict !== 'started') throw new Error(started.cause);
      const { session } = started;
      const greeting = {
        instance: 'instance' as never,
        encoders: [],
        journal: { id: journal.id, head: journal.head, acknowledged: null },
      };
      const ref = { propertyId: P, agentId, session };
      await runner('catchUp', { ...ref, greeting, records: [], inProgress: [], lifted: [], now: clock.now() });
      online.add(agentId);
    },
    leave(agentId = AGENT) {
      online.delete(agentId);
      watch.left({ propertyId: P, id: agentId });
    },
    fail(fails: boolean) {
      isFailing = fails;
    },
    /** The server ends, by a stop or at once, and is started anew. */
    async restart(how: 'stopped' | 'killed', downMs = 0) {
      const were = [...online];
      online.clear();
      if (how === 'stopped') for (const id of were) watch.left({ propertyId: P, id: id as typeof AGENT });
      await clock.advance(0);
      watch.stop();
      await clock.advance(downMs);
      await start();
    },
    stop: () => watch.stop(),
    /** The events that tell of absences. */
    async told() {
      return (await own.rows('audit'))
        .map(eventOf)
        .filter(({ type }) => type === 'agent.offline' || type === 'agent.back')
        .map(({ type, data }) => ({ type, ...data }));
    },
  };
}

const offline = (since: number, agent = AGENT) => ({
  type: 'agent.offline',
  agent,
  since: new Date(since).toISOString(),
});
const back = (since: number, agent = AGENT) => ({ type: 'agent.back', agent, since: new Date(since).toISOString() });

describe('a front desk that is offline', () => {
  test('is told of once, when it has been for long, and once again when it is back', async () => {
    const { clock, come, leave, told, stop, errors } = await watched();
    await come();
    await clock.advance(24 * 60 * MINUTE_MS);
    leave();
    const left = clock.now();
    await clock.advance(AFTER_MS - 1);
    expect(await told()).toEqual([]);
    await clock.advance(LOOK_MS + 1);
    expect(await told()).toEqual([offline(left)]);
    await clock.advance(3 * 24 * 60 * MINUTE_MS);
    expect(await told()).toEqual([offline(left)]);
    await come();
    expect(await told()).toEqual([offline(left), back(left)]);
    await clock.advance(24 * 60 * MINUTE_MS);
    expect(await told()).toHaveLength(2);
    leave();
    const leftAgain = clock.now();
    await clock.advance(AFTER_MS + LOOK_MS);
    expect((await told()).at(-1)).toEqual(offline(leftAgain));
    stop();
    expect([clock.pending(), errors]).toEqual([0, []]);
  });

  test('for a moment only, again and again, is not told of', async () => {
    const { clock, come, leave, told } = await watched();
    for (let i = 0; i < 10; i += 1) {
      await come();
      await clock.advance(MINUTE_MS);
      leave();
      await clock.advance(AFTER_MS - MINUTE_MS);
    }
    expect(await told()).toEqual([]);
  });

  test('and never was connected is not told of', async () => {
    const { clock, told, restart } = await watched();
    await clock.advance(24 * 60 * MINUTE_MS);
    await restart('killed');
    await clock.advance(24 * 60 * MINUTE_MS);
    expect(await told()).toEqual([]);
  });

  test.each([
    ['revoked', 'before'],
    ['revoked', 'afterwards'],
    ['suspended', 'before'],
    ['suspended', 'afterwards'],
  ] as const)('and is %s %s is not told of', async (state, when) => {
    const { hotel, clock, come, leave, told } = await watched();
    const end = async () => {
      if (state === 'revoked')
        return hotel.store.run('revokeAgent', { propertyId: P, agentId: AGENT, actor: 'owner', now: clock.now() });
      const [agent] = await hotel.rows('agents');
      if (agent === undefined) throw new Error('no agent');
      return hotel.store.run('putRows', { rows: [{ table: 'agents', row: { ...agent, state } }], onlyIfEmpty: false });
    };
    await come();
    if (when === 'before') await end();
    leave();
    await clock.advance(MINUTE_MS);
    if (when === 'afterwards') await end();
    await clock.advance(24 * 60 * MINUTE_MS);
    expect(await told()).toEqual([]);
    expect(await hotel.rows('agentAbsences')).toEqual([]);
  });

  test('is told of for itself alone', async () => {
    const { hotel, clock, come, leave, told } = await watched();
    await hotel.enrol([OTHER_AGENT]);
    await come();
    await come(OTHER_AGENT);
    leave(OTHER_AGENT);
    const left = clock.now();
    await clock.advance(AFTER_MS + LOOK_MS);
    expect(await told()).toEqual([offline(left, OTHER_AGENT)]);
  });

  test('when hundreds leave at once, each is told of once', async () => {
    const { hotel, clock, come, leave, told } = await watched();
    const many = Array.from(
      { length: 250 },
      (_, i) => `00000000-0000-7000-8001-${String(i).padStart(12, '0')}` as typeof AGENT,
    );
    await hotel.enrol(many);
    for (const id of many) await come(id);
    for (const id of many) leave(id);
    await clock.advance(AFTER_MS + LOOK_MS);
    expect(new Set((await told()).map((each) => 'agent' in each && each.agent)).size).toBe(250);
    await clock.advance(AFTER_MS);
    expect(await told()).toHaveLength(250);
  });
});

describe('a restart of the server', () => {
  test('while a desk is away neither repeats nor loses it', async () => {
    const { clock, come, leave, told, restart } = await watched();
    await come();
    leave();
    const left = clock.now();
    for (let i = 0; i < 3; i += 1) {
      await clock.advance(AFTER_MS / 4);
      await restart(i % 2 === 0 ? 'killed' : 'stopped');
    }
    await clock.advance(AFTER_MS / 4 + LOOK_MS);
    expect(await told()).toEqual([offline(left)]);
    await restart('killed');
    await clock.advance(2 * AFTER_MS);
    expect(await told()).toEqual([offline(left)]);
    await come();
    expect(await told()).toEqual([offline(left), back(left)]);
  });

  test.each(['stopped', 'killed'] as const)(
    'after days in which it was %s tells of no desk that comes back',
    async (how) => {
      const { clock, come, told, restart } = await watched();
      await come();
      await clock.advance(MINUTE_MS);
      await restart(how, 3 * 24 * 60 * MINUTE_MS);
      await clock.advance(30_000);
      await come();
      await clock.advance(24 * 60 * MINUTE_MS);
      expect(await told()).toEqual([]);
    },
  );

  test('after which a desk stays away tells of it, also where nobody recorded that it left', async () => {
    const { clock, come, told, restart } = await watched();
    await come();
    await clock.advance(24 * 60 * MINUTE_MS);
    await restart('killed');
    const started = clock.now();
    await clock.advance(AFTER_MS - 1);
    expect(await told()).toEqual([]);
    await clock.advance(LOOK_MS + 1);
    expect(await told()).toEqual([offline(started)]);
  });
});

describe('a clock', () => {
  test('that is set back makes nobody wait longer than once more', async () => {
    const { clock, come, leave, told } = await watched();
    await clock.advance(AGENT_ABSENCE.firstLookMs);
    await come();
    leave();
    await clock.advance(MINUTE_MS);
    clock.jump(-365 * 24 * 60 * MINUTE_MS);
    await clock.advance(LOOK_MS);
    const counted = clock.now();
    await clock.advance(AFTER_MS - LOOK_MS);
    expect(await told()).toEqual([]);
    await clock.advance(2 * LOOK_MS);
    const all = await told();
    expect(all).toHaveLength(1);
    expect(counted - Date.parse(String((all[0] as { since?: unknown }).since))).toBeLessThan(LOOK_MS);
  });

  test('that is set back repeats nothing', async () => {
    const { clock, come, leave, told } = await watched();
    await come();
    leave();
    await clock.advance(AFTER_MS + LOOK_MS);
    clock.jump(-24 * 60 * MINUTE_MS);
    await clock.advance(2 * AFTER_MS);
    expect(await told()).toHaveLength(1);
    await come();
    expect((await told()).map(({ type }) => type)).toEqual(['agent.offline', 'agent.back']);
  });
});

test('a leaving that could not be recorded is recorded later, unless the desk is back by then', async () => {
  const { hotel, clock, come, leave, told, fail, errors } = await watched();
  await hotel.enrol([OTHER_AGENT]);
  await come();
  await come(OTHER_AGENT);
  const left = clock.now();
  fail(true);
  leave();
  leave(OTHER_AGENT);
  await clock.advance(MINUTE_MS);
  fail(false);
  await come(OTHER_AGENT);
  await clock.advance(24 * 60 * MINUTE_MS);
  expect(await told()).toEqual([offline(left)]);
  expect(errors.length).toBeGreaterThan(0);
});

test('the connection of an agent that came back as it was judged is no absence', async () => {
  const { hotel, clock, come, leave, told } = await watched();
  await come();
  leave();
  await clock.advance(MINUTE_MS);
  const [absence] = await hotel.rows('agentAbsences');
  await come();
  const now = clock.now() + AFTER_MS;
  const absences = [{ propertyId: P, agentId: AGENT, isConnected: false }];
  expect(absence).toBeDefined();
  expect(await hotel.store.run('judgeAbsences', { absences, afterMs: AFTER_MS, now })).toEqual({ told: [] });
  expect(await told()).toEqual([]);
});

test('a desk that is paired anew on another computer is missed until that one comes', async () => {
  const { hotel, clock, come, leave, told } = await watched();
  await come();
  leave();
  const left = clock.now();
  await clock.advance(AFTER_MS + LOOK_MS);
  const code = 'ABCDEFGH';
  await hotel.store.run('offerPairingCode', {
    propertyId: P,
    codes: [code],
    replaces: AGENT,
    actor: 'owner',
    now: clock.now(),
  });
  const paired = await hotel.store.run('pairAgent', {
    code,
    publicKey: 'key',
    name: 'New desk',
    known: null,
    newId: OTHER_AGENT,
    now: clock.now(),
  });
  expect(paired.verdict).toBe('paired');
  await clock.advance(2 * AFTER_MS);
  await come(AGENT, new TestJournal(uuid(60)));
  expect(await told()).toEqual([offline(left), back(left)]);
});
