import type { AgentId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { AGENT, type Hotel, MAC, NOW, openHotel, P, TestJournal } from '../transactions/testing/hotel.ts';
import { helloOf, openConnection, serve } from './testing/connected-agents.ts';

/**
 * A hello is proved against a snapshot. What is recorded of the agent before its session begins must count all the same:
 * else a computer that isn't this agent any more would speak for it.
 */

const CODE = 'ABCDEFGH';

const CHANGES: Readonly<Record<string, readonly [change: (store: Hotel['store']) => Promise<unknown>, cause: string]>> =
  {
    'is paired anew with another computer': [
      async (store) => {
        await store.run('offerPairingCode', {
          propertyId: P,
          codes: [CODE],
          replaces: AGENT,
          actor: 'owner',
          now: NOW,
        });
        const newId = 'unused' as AgentId;
        const asked = { code: CODE, publicKey: 'k'.repeat(43), name: 'Other computer', known: null, newId, now: NOW };
        expect(await store.run('pairAgent', asked)).toMatchObject({ verdict: 'paired', agentId: AGENT });
      },
      'not-proved',
    ],
    'is revoked': [
      (store) => store.run('revokeAgent', { propertyId: P, agentId: AGENT, actor: 'owner', now: NOW }),
      'agent-revoked',
    ],
  };

test.each(Object.entries(CHANGES))(
  'an agent that %s while its hello is under way gets no session',
  async (_, [change, cause]) => {
    const hotel = await openHotel();
    const { store } = hotel;
    const run: Hotel['store']['run'] = async (name, input) => {
      if (name === 'startSession') await change(store);
      return store.run(name, input);
    };
    const dispatcher = await serve(hotel, { ...store, run });
    const connection = openConnection(dispatcher);
    connection.say(helloOf(AGENT, new TestJournal(), [MAC]));
    await expect.poll(() => connection.isClosed() || connection.heard.some(({ type }) => type === 'cursor')).toBe(true);
    expect(connection.heard.at(-1)).toMatchObject({ type: 'refused', cause });
    expect(connection.isClosed()).toBe(true);
  },
);
