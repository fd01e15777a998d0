import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type AnyFindOptions, planFind } from '../find-plan.ts';
import { shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import type { KeyValue } from '../store.ts';
import { migrate } from './migrate.ts';
import { findSql, snakeCase } from './statements.ts';

/** A find of a query or a transaction: the values of its prefix don't matter, but for null. */
interface Use {
  readonly by: string;
  readonly prefix: number;
  readonly options?: AnyFindOptions;
}

const all = (by: string, prefix: number): Use => ({ by, prefix });
const one = (by: string, prefix: number): Use => ({ by, prefix, options: { limit: 1 } });
const last = (by: string, prefix: number): Use => ({ by, prefix, options: { limit: 1, reverse: true } });
const page = (by: string, prefix: number, options: AnyFindOptions = {}): Use => ({
  by,
  prefix,
  options: { limit: 100, ...options },
});

/** Each index, and what finds by it. Add your find here; one that nothing uses has no business in the schema. */
const USES: { readonly [T in TableName]?: Readonly<Record<string, readonly Use[]>> } = {
  accounts: { key: [page('sealedSecrets', 0), page('accountsPage', 0)] },
  accountProperties: { key: [page('propertyAccountsPage', 1)], byAccount: [page('propertiesOf', 1)] },
  apiKeys: {
    key: [page('apiKeysPage', 0, { reverse: true })],
    byLookup: [one('findApiKey', 1), one('useOwnerKey', 1)],
  },
  persons: {
    key: [page('personsPage', 0, { reverse: true })],
    byMobile: [one('findPerson', 2), one('createPerson', 2)],
    byEmail: [one('findPerson', 1), one('createPerson', 1)],
  },
  authenticators: { key: [page('sealedSecrets', 0)] },
  joinedMembers: { byPerson: [page('membershipsOf', 1)] },
  passkeys: {
    byCredential: [one('findPasskey', 1), one('createPasskey', 1)],
    byPerson: [all('factorsOf', 1)],
  },
  sessions: {
    byLookup: [one('findSession', 1), one('findHalfOpen', 1)],
    bySubject: [all('sessionsOf', 1), all('openSession', 1)],
    byEnd: [page('openSession', 0, { before: 1 })],
  },
  links: { byLookup: [one('findLink', 1)], byEnd: [page('offerLink', 0, { before: 1 })] },
  idempotencyKeys: {
    byAge: [page('forgetRepeats', 0, { before: 1 })],
    withSecret: [page('forgetRepeats', 0, { before: 1 })],
  },
  properties: {
    key: [one('databaseUse', 0), page('markRestored', 0), page('noteDiskSpace', 0)],
    byNumber: [one('findPropertyByNumber', 1), page('propertiesPage', 0)],
  },
  buildings: { byNo: [one('findRoom', 2), all('listRooms', 1), page('buildingsPage', 1)] },
  floors: { byNo: [one('findRoom', 3), all('listRooms', 2), page('floorsPage', 1), page('floorsPage', 2)] },
  rooms: {
    byNo: [one('findRoom', 3), all('listRooms', 2)],
    byJoinedNo: [
      all('importRoomLines', 1),
      all('keyRack', 1),
      page('roomsPage', 1),
      page('cardKeyVersions', 1),
      one('renumber', 2),
    ],
    byLockNumber: [one('describeCard', 2), last('nextLockNumber', 1)],
  },
  members: {
    key: [page('membersPage', 1, { reverse: true })],
    byMobile: [one('findMember', 3)],
    byEmail: [one('findMember', 2)],
    administrators: [page('leavesNoAdministrator', 1)],
  },
  guestRules: { key: [one('sweepGuestData', 0)] },
  programmedLocks: { key: [page('locksBehind', 1)] },
  retiredLocks: { key: [last('nextLockNumber', 1)] },
  agents: {
    key: [page('markRestored', 0), page('allAgentsAway', 0), page('agentsPage', 1, { reverse: true })],
    byId: [one('findAgent', 1)],
  },
  agentAbsences: { untold: [page('absencesDue', 0, { before: 1 }), page('absencesDue', 0, { from: 1 })] },
  encoders: {
    byAgent: [all('attachEncoders', 2)],
    byId: [all('listEncoders', 1), page('encodersPage', 1), one('findEncoder', 2), last('attachEncoders', 1)],
  },
  encoderClaims: { byMac: [all('claimsOf', 2)], byAgent: [all('claimedBy', 2)] },
  signIns: { byAgent: [all('signIn', 2)] },
  cards: {
    key: [page('cardsPage', 1)],
    inDoubt: [page('cardsPage', 2), page('needsAttention', 2), page('doubtsOfProperty', 1)],
  },
  cardRecords: {
    key: [page('cardRecordsPage', 1, { reverse: true })],
    outByEnd: [
      page('cardRecordsPage', 1, { from: 1 }),
      page('factsOfRooms', 1, { from: 1 }),
      page('searchGuests', 1, { from: 1 }),
    ],
    endedByEnd: [page('roomKeys', 2, { from: 1 }), page('cardsOfRoom', 2, { from: 1 })],
    failedByEnd: [page('cardsOfRoom', 2, { from: 1 })],
    bySequence: [
      page('findByTag', 3, { reverse: true }),
      page('cardRecordsPage', 2, { reverse: true }),
      page('ofSameStay', 2, { reverse: true }),
    ],
    issuedBySequence: [last('highestIssued', 2), page('firstIssuedAfter', 2, { from: 1 })],
    activeBySequence: [
      { by: 'newestCards', prefix: 2, options: { from: 1 } },
      { by: 'endOthers', prefix: 2, options: { before: 1 } },
      all('previewIssue', 2),
      all('cardsOfRoom', 2),
    ],
    pendingBySequence: [
      page('newestCards', 2, { from: 1 }),
      page('roomKeys', 2, { reverse: true }),
      page('cardsOfRoom', 2),
    ],
    activeBySerial: [all('endOthers', 2)],
    upcomingDue: [one('nextToBegin', 0), page('beginDue', 0, { before: 1 })],
    upcomingByRoom: [all('upcomingCards', 2)],
    keptByEnd: [page('sweepGuestData', 1, { before: 1 })],
    keptByMobile: [page('deleteGuestData', 3)],
    bySerial: [
      page('retireCard', 2, { from: 1, reverse: true }),
      page('rackNews', 2, { reverse: true }),
      page('mayOpenUntil', 2, { from: 1 }),
    ],
  },
  operations: {
    key: [
      { by: 'operationsPage', prefix: 1, options: { from: '1', before: '2', reverse: true, limit: 1_000 } },
      { by: 'operationFactsPage', prefix: 1, options: { from: '1', before: '2', reverse: true, limit: 1_000 } },
    ],
    openByEncoder: [
      all('nextPrompt', 2),
      page('operationsByRoom', 1),
      page('openWaitsPage', 0),
      page('holdUnfinished', 0),
    ],
    openByAgent: [all('unfinishedOfAgent', 2)],
    acceptedDue: [page('expireDue', 0, { before: 1 })],
    unsettledBySerial: [all('settleByReading', 2), one('isUnsettled', 2)],
    unknown: [
      one('hasUnknown', 1),
      page('needsAttention', 1, { reverse: true }),
      page('operationsByRoom', 1),
      page('settleList', 1, { reverse: true }),
      page('hasOpen', 1, { reverse: true }),
    ],

    expiredByEncoder: [last('withCauseOfTurn', 2)],
    byRequest: [page('joinRepeat', 2, { reverse: true })],
    notHeard: [page('callersGone', 0)],
    issuedNotHeard: [page('callersGone', 0)],
  },
  copySets: { running: [page('runningCopySetsPage', 0), page('copiesInterrupted', 0)] },
  roomEvents: {
    key: [page('hintRoomEvents', 1, { from: 1, before: 1 })],
    byRoom: [
      page('listRecordsPage', 2, { from: 1, before: 9, reverse: true }),
      page('roomHistoryPage', 2, { from: 1, before: 9, reverse: true }),
    ],
  },
  webhooks: { key: [page('listWebhooks', 1, { reverse: true }), page('activeWebhooks', 0)] },
  webhookDeliveries: {
    key: [page('deliveriesPage', 2, { reverse: true }), page('removeWebhook', 2)],
    waiting: [
      page('webhookWork', 2, { before: 1 }),
      page('webhookWork', 2, { from: 1 }),
      page('deliveriesPage', 2, { reverse: true }),
    ],
    delivered: [page('deliveriesPage', 2, { reverse: true }), page('forgetOld', 2)],
    dead: [page('replayDead', 2), page('deliveriesPage', 2, { reverse: true })],
  },
  audit: {
    key: [
      last('audit', 1),
      page('verifyAuditPage', 1, { from: 1 }),
      page('auditRecordsPage', 1, { from: 1, before: 9, reverse: true }),
      page('operationSteps', 1, { from: 1 }),
      page('auditAfter', 1, { from: 1 }),
      page('webhookWork', 1, { from: 1 }),
      page('eventsPage', 1, { from: 1 }),
      page('rackNews', 1, { from: 1 }),
      last('auditHeads', 1),
    ],
    supersededByOperation: [all('listSuperseded', 2)],
    unknownByOperation: [all('operationSteps', 2)],
  },
};

const db = new Database(':memory:');
migrate(db);

/** How SQLite carries a find out, a line for each step. */
function planOf(name: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions): string[] {
  const plan = planFind(name, index, shapeOfIndex(name, index), prefix, options);
  const sql = findSql(name, index, prefix, plan);
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.match(/\+\?/g) ?? []).map(() => 1));
  return (rows as { detail: string }[]).map(({ detail }) => detail);
}

/** The row behind which the next page begins: a value in each column. */
const rowOf = (name: TableName) => Object.fromEntries(Object.keys(tableOf(name).columns).map((column) => [column, 1]));

const uses = Object.entries(USES).flatMap(([name, indexes]) =>
  Object.entries(indexes ?? {}).flatMap(([index, list]) =>
    list.map((use) => ({ name: name as TableName, index, use, title: `${name}.${index}, ${use.by}` })),
  ),
);

/** `table.index` of each find in the sources of queries and transactions. */
function findsInSources(): Set<string> {
  const server = fileURLToPath(new URL('../../', import.meta.url));
  const files = globSync('{queries,transactions}/**/*.ts', { cwd: server }).filter((file) => !/test/.test(file));
  const texts = files.map((file) => readFileSync(`${server}${file}`, 'utf8')).join('\n');
  const named = texts.matchAll(/(?:\.find\(|walk\(tx,)\s*'(\w+)',\s*(?:'(\w+)'|(\w+))/g);
  // `callersGone` walks two by a name that it holds in a variable.
  return new Set([...named].flatMap(([, table, index]) => (index === undefined ? [] : [`${table}.${index}`])));
}

it('the list of finds is that of the sources', () => {
  const listed = Object.entries(USES).flatMap(([name, list]) =>
    Object.keys(list ?? {}).map((index) => `${name}.${index}`),
  );
  const byVariable = ['operations.notHeard', 'operations.issuedNotHeard'];
  expect([...findsInSources(), ...byVariable].sort()).toEqual(listed.sort());
});

describe('every find', () => {
  it.each(uses)('walks its index alone: $title', ({ name, index, use }) => {
    const prefix = Array.from({ length: use.prefix }, () => 1);
    const options = use.options ?? {};
    const pages = options.limit === undefined || options.limit === 1 ? [] : [{ ...options, after: rowOf(name) }];
    for (const each of [options, ...pages]) {
      const steps = planOf(name, index, prefix, each);
      expect(steps).toHaveLength(1);
      const isBounded = use.prefix > 0 || 'from' in each || 'before' in each || 'after' in each;
      const [step] = steps;
      // A whole index may be walked where all of it is wanted, a page at a time.
      expect(step).toMatch(isBounded ? /^SEARCH / : /^(?:SEARCH|SCAN) /);
      const by =
        index === 'key'
          ? /USING (?:PRIMARY KEY|INDEX sqlite_autoindex)|^SCAN \w+$/
          : `${snakeCase(name)}_${snakeCase(index)}`;
      expect(step).toMatch(by);
    }
  });

  it.each(Object.keys(schema) as TableName[])('of %s has a bound: a limit, or one that the schema names', (name) => {
    for (const [index, list] of Object.entries(USES[name] ?? {})) {
      for (const { by, options, prefix } of list) {
        const { bounded } = shapeOfIndex(name, index);
        const isBounded = options?.limit !== undefined || (bounded !== undefined && prefix >= bounded.per.length);
        expect(isBounded, `${by} by ${name}.${index}`).toBe(true);
      }
    }
  });
});

describe('every index', () => {
  const indexes = (Object.keys(schema) as TableName[]).flatMap((name) =>
    Object.keys(tableOf(name).indexes).map((index) => [name, index] as const),
  );

  it.each(indexes)('%s.%s is used', (name, index) => {
    // A unique index is used by each put, to refuse a second row.
    expect(USES[name]?.[index] ?? []).not.toEqual([]);
  });

  it.each(indexes)('%s.%s gives its order without sorting, for pages in both directions', (name, index) => {
    for (const reverse of [false, true]) {
      for (const options of [{}, { after: rowOf(name) }]) {
        const steps = planOf(name, index, [1], { limit: 10, reverse, ...options });
        expect(steps.join()).not.toContain('TEMP B-TREE');
      }
    }
  });

  it.each(indexes)('%s.%s leads with the property, but for those that cross properties', (name, index) => {
    const [first] = tableOf(name).indexes[index]?.columns ?? [];
    const crosses = [
      'properties.byNumber',
      'agents.byId',
      'agentAbsences.untold',
      'operations.acceptedDue',
      'cardRecords.upcomingDue',
      'apiKeys.byLookup',
      'accountProperties.byAccount',
      'links.byLookup',
      'links.byEnd',
      'persons.byMobile',
      'persons.byEmail',
      'joinedMembers.byPerson',
      'passkeys.byCredential',
      'passkeys.byPerson',
      'sessions.byLookup',
      'sessions.bySubject',
      'sessions.byEnd',
      'idempotencyKeys.byAge',
      'idempotencyKeys.withSecret',
    ];
    expect(first === 'propertyId').toBe(!crosses.includes(`${name}.${index}`));
  });
});

it('a change of state rewrites the indexes of open operations, and none of all', () => {
  const full = Object.entries(schema.operations.indexes).filter(([, index]) => !('where' in index));
  expect(full.map(([name]) => name)).toEqual(['byRequest']);
});
