import type { AgentId, Reading, Serial } from '@keyrack/protocol';
import { firstBrokenLink } from '@keyrack/server/domain/audit.ts';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { expect } from 'vitest';
import { journaled } from './journal-files.ts';
import { until } from './until.ts';

/** Everything that tells of a card: the server's database, the journal of the one agent, and the plastic. */
export interface Witnesses {
  rows<T extends TableName>(table: T): Rows[T][];
  readonly agent: AgentId;
  readonly agentFolder: string;
  contentOf(serial: Serial): Reading;
}

/** Fails the test where database, audit log, journal and plastic don't agree about everything that happened. */
export async function expectAgreement({ rows, agent, agentFolder, contentOf }: Witnesses): Promise<void> {
  // The last thing to come is the journal's acknowledgement.
  const { propertyId } = await until('the server has all of the journal', () => {
    const known = rows('agents').find(({ id }) => id === agent);
    return known?.cursor?.number === journaled(agentFolder).length && known;
  });
  const audit = rows('audit').filter((each) => each.propertyId === propertyId);
  expect(firstBrokenLink(audit), 'the audit chain holds').toBeNull();
  const operations = rows('operations');
  for (const operation of operations) {
    const told = audit.filter(({ operationId }) => operationId === operation.id).map(({ action }) => action);
    expect(told[0], 'it was accepted first').toBe('operation-accepted');
    expect(
      told.filter((action) => action === 'operation-settled'),
      'it ended once',
    ).toHaveLength(1);
    const journal = journaled(agentFolder).filter(({ entry }) => entry.operation === operation.id);
    expect(journal.filter(({ entry }) => entry.type === 'write').length, 'it was begun once at most').toBeLessThan(2);
    for (const { entry } of journal) {
      if (entry.type === 'result' && entry.outcome !== 'unknown') expect(entry.outcome).toBe(operation.state);
    }
    if (operation.state === 'succeeded' && operation.kind !== 'read') expect(journal[0]?.entry.type).toBe('write');
  }
  for (const card of rows('cards')) {
    const last = operations.find(({ id }) => id === card.lastGranted);
    if (last === undefined) continue;
    const content = contentOf(card.serial);
    if (last.state === 'succeeded') expect(content).toBe(last.grant?.target);
    if (last.state === 'rejected') expect(content).toBe(last.grant?.before);
    if (last.state === 'damaged') expect([last.grant?.target, last.grant?.before]).not.toContain(content);
    if (card.content !== null) expect(card.content).toBe(content);
  }
}
