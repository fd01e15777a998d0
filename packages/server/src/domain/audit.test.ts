import { expect, test } from 'vitest';
import { type AuditDraft, type AuditRecord, chainAudit, firstBrokenLink } from './audit.ts';

const draft = (at: number): AuditDraft => ({
  propertyId: 'hotel',
  at,
  action: 'operation-settled',
  actor: 'agent 1',
  operationId: `operation ${at}`,
  details: JSON.stringify({ state: 'succeeded', at }),
});

function chainOf(drafts: readonly AuditDraft[]): AuditRecord[] {
  const chain: AuditRecord[] = [];
  for (const each of drafts) chain.push(chainAudit(chain.at(-1), each));
  return chain;
}

const drafts = [1, 2, 3, 4, 5].map(draft);
const log = chainOf(drafts);
const [, , third, fourth] = log as [AuditRecord, AuditRecord, AuditRecord, AuditRecord, AuditRecord];

/** The log with other records in the place of the third. */
const withThird = (...records: AuditRecord[]) => log.toSpliced(2, 1, ...records);

test('an untouched log holds, and so does an empty one', () => {
  expect(firstBrokenLink(log)).toBeNull();
  expect(firstBrokenLink([])).toBeNull();
});

const CHANGES: { [F in keyof AuditRecord]: AuditRecord[F] } = {
  propertyId: 'another',
  number: 9,
  at: 33,
  action: 'operation-refused',
  actor: 'operator',
  operationId: null,
  details: '{"state":"rejected","at":3}',
  hash: 'f'.repeat(64),
};

test.each(Object.entries(CHANGES))('a change of %s in the past is noticed', (field, value) => {
  expect(firstBrokenLink(withThird({ ...third, [field]: value }))).not.toBeNull();
});

test('a record that was changed and hashed anew is noticed at the next one', () => {
  const forged = chainAudit(log[1], { ...third, details: '{}' });
  expect(firstBrokenLink(withThird(forged))).toBe(fourth.number);
});

test('a record that is missing, twice, or in another place is noticed', () => {
  expect(firstBrokenLink(withThird())).toBe(4);
  expect(firstBrokenLink(withThird(third, third))).toBe(3);
  expect(firstBrokenLink(withThird(fourth, third).toSpliced(4, 1))).not.toBeNull();
  expect(firstBrokenLink(log.slice(1))).toBe(2);
});

test('a log that was rewritten from end to end holds, and ends in another hash', () => {
  const rewritten = chainOf(drafts.map((each) => ({ ...each, actor: 'operator' })));
  expect(firstBrokenLink(rewritten)).toBeNull();
  expect(rewritten.at(-1)?.hash).not.toBe(log.at(-1)?.hash);
});
