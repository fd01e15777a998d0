import fc from 'fast-check';
import { expect } from 'vitest';
import { shapeOfIndex } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { Step } from './contract-transactions.ts';
import { StoreModel } from './model.ts';
import { auditRecord, member, operation } from './rows.ts';

/** An empty engine that carries scripts out, one transaction each. */
export interface ScriptedEngine {
  run(steps: readonly Step[]): Promise<unknown>;
  close(): Promise<void>;
}

/** Carries random histories out in an engine of its own each, and in the model, and expects the same of both. */
export async function compareWithModel(open: () => Promise<ScriptedEngine>, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anyStep, { maxLength: 8 }), { maxLength: 12 }), async (scripts) => {
      const engine = await open();
      try {
        const model = new StoreModel();
        for (const steps of scripts) {
          const expected = model.run(steps);
          const results = await engine.run(steps).catch(() => 'thrown');
          expect(results).toEqual(expected.thrown ? 'thrown' : expected.results);
        }
      } finally {
        await engine.close();
      }
    }),
    { numRuns: runs },
  );
}

/** Few values, so that steps meet each other's rows. */
const propertyIds = fc.constantFrom('p', 'q');
const ids = fc.constantFrom('1', '2', '10', 'é', '\uff5e', '\u{1f600}');
const emails = fc.constantFrom(null, 'a', 'b');
const numbers = fc.integer({ min: -2, max: 11 });
const paging = { reverse: fc.boolean(), limit: fc.integer({ min: 0, max: 4 }) };
/** Options for a prefix that leaves these columns, of these values. */
const options = (range: fc.Arbitrary<string | number> | null, after: fc.Arbitrary<object> | null) =>
  fc.record({ ...paging, ...(range && { from: range, before: range }), ...(after && { after }) }, { requiredKeys: [] });
const members = fc
  .record({ propertyId: propertyIds, id: ids, email: emails, mobile: emails, areaCode: emails })
  .map(member);
const auditRecords = fc
  .record({
    propertyId: propertyIds,
    number: numbers,
    operationId: emails,
    action: fc.constantFrom('operation-accepted', 'card-superseded'),
  })
  .map(auditRecord);
const macs = fc.constantFrom('A', 'B');
const operations = fc
  .record({
    propertyId: propertyIds,
    place: fc.integer({ min: 1, max: 6 }),
    encoder: macs,
    deadline: fc.integer({ min: 1, max: 3 }),
    state: fc.constantFrom('accepted', 'granted', 'succeeded'),
    caller: fc.constantFrom('waiting', 'told'),
  })
  // No two have one place, as in a database.
  .map((change) => operation({ ...change, id: `${change.place}` }));
const texts = emails.filter((email) => email !== null);
/** Finds by any prefix of the index; with a range of the next column, and a position, where there is one. */
const finds = (
  table: TableName,
  index: string,
  position: fc.Arbitrary<object>,
  ...columns: (readonly [values: fc.Arbitrary<string | number | null>, range: fc.Arbitrary<string | number>])[]
) =>
  fc.nat(columns.length).chain((length) => {
    const next = columns[length];
    const isWhole = shapeOfIndex(table, index).sortedBy.length === length;
    return fc
      .tuple(
        fc.tuple(...columns.slice(0, length).map(([values]) => values)),
        options(next?.[1] ?? null, isWhole ? null : position),
      )
      .map(([prefix, how]) => ({ do: 'find', table, index, prefix, options: how }));
  });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('put', 'try-put'), table: fc.constant('members'), row: members }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put'), table: fc.constant('audit'), row: auditRecords }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put'), table: fc.constant('operations'), row: operations }) },
  fc.record({ do: fc.constantFrom('get', 'remove'), table: fc.constant('members'), key: fc.tuple(propertyIds, ids) }),
  fc.record({ do: fc.constantFrom('get', 'remove'), table: fc.constant('audit'), key: fc.tuple(propertyIds, numbers) }),
  finds('members', 'key', members, [propertyIds, propertyIds], [ids, ids]),
  finds('members', 'byEmail', members, [propertyIds, propertyIds], [emails, texts]),
  finds('members', 'byMobile', members, [propertyIds, propertyIds], [emails, texts], [emails, texts]),
  finds('audit', 'key', auditRecords, [propertyIds, propertyIds], [numbers, numbers]),
  finds('operations', 'openByEncoder', operations, [propertyIds, propertyIds], [macs, macs], [numbers, numbers]),
  finds('operations', 'notHeard', operations, [propertyIds, propertyIds], [numbers, numbers]),
  finds('operations', 'acceptedDue', operations, [numbers, numbers], [propertyIds, propertyIds], [ids, ids]),
  finds(
    'audit',
    'supersededByOperation',
    auditRecords,
    [propertyIds, propertyIds],
    [emails, texts],
    [numbers, numbers],
  ),
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'throw', message: 'a bug' }) },
) as fc.Arbitrary<Step>;
