import type { AgentMessage } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { ServerConnection } from '../link/index.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { UPDATE_LIMITS } from '../update/update-limits.ts';
import { createOffers } from './ask-offer.ts';

const FAILED = { version: '0.2.0', cause: 'crashed', why: 'It ended.' };

function connected(protocol: number) {
  const sent: AgentMessage[] = [];
  const connection: ServerConnection = {
    isOpen: () => true,
    protocol: () => protocol,
    serverVersion: () => null,
    send: (message) => sent.push(message) > 0,
    close: () => {},
  };
  return { sent, connection };
}

test('a server of an older version is told and asked nothing of updates, which it would not understand', async () => {
  const offers = createOffers(createVirtualClock());
  const old = connected(4);
  offers.tellFailed(FAILED);
  offers.welcomed(old.connection);
  await expect(offers.ask('linux-x64')).rejects.toMatchObject({ cause: 'server-offers-none' });
  expect(old.sent).toEqual([]);
  offers.lost();
  // It was updated: what it couldn't be told is told, once.
  const updated = connected(5);
  offers.welcomed(updated.connection);
  offers.welcomed(updated.connection);
  expect(updated.sent).toEqual([{ type: 'update-failed', ...FAILED }]);
});

test('an answer is that of its question; none, or a lost connection, is told', async () => {
  const clock = createVirtualClock();
  const offers = createOffers(clock);
  await expect(offers.ask('linux-x64')).rejects.toMatchObject({ cause: 'not-connected' });
  const { sent, connection } = connected(5);
  offers.welcomed(connection);
  const late = offers.ask('linux-x64');
  const told = expect(late).rejects.toMatchObject({ cause: 'not-connected' });
  await clock.advance(UPDATE_LIMITS.answerMs);
  await told;
  const next = offers.ask('linux-x64');
  expect(sent.at(-1)).toEqual({ type: 'ask-offer', request: 2, system: 'linux-x64' });
  offers.answer({ request: 1, archive: { name: 'other', bytes: 1, checksums: '', signature: null, path: '/' } });
  offers.answer({ request: 2, archive: null });
  expect(await next).toBeNull();
  const cut = expect(offers.ask('linux-x64')).rejects.toMatchObject({ cause: 'not-connected' });
  offers.lost();
  await cut;
});
