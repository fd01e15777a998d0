import { agentMessage } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { chanceOf } from '../../faults/chance.ts';
import { drawPool } from '../mutate.ts';
import { agentMessages } from './agent-messages.ts';

const MOST_INPUTS = 60_000;

test('what an agent says holds every message of the protocol, as the protocol wants it', async () => {
  const wanted = new Set<string>(agentMessage.options.map(({ shape }) => shape.type.value));
  const target = await agentMessages(drawPool(1));
  const chance = chanceOf(1);
  for (let inputs = 0; wanted.size > 0 && inputs < MOST_INPUTS; inputs += 1) {
    const input = target.next(chance);
    const said = agentMessage.safeParse(read(input.shown));
    if (said.success) wanted.delete(said.data.type);
    await input.feed();
  }
  await target.close();
  expect([...wanted]).toEqual([]);
});

function read(shown: string | Uint8Array): unknown {
  try {
    return JSON.parse(String(shown));
  } catch {
    return null;
  }
}
