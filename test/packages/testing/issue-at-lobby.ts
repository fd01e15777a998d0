import type { Answer, Keyrack } from '@keyrack/sdk';
import { LOBBY_ENCODER } from '../../world/template.ts';

/** The encoder that the tests' agents of packages simulate, as /v1 names it. */
export async function lobbyEncoder(v1: Keyrack, property: string): Promise<number> {
  const encoders = await v1.encoders.list({ property }).toArray();
  const found = encoders.find(({ mac }) => mac === LOBBY_ENCODER);
  if (found === undefined) throw new Error('no agent has told its encoder yet');
  return found.id;
}

/** Asks for a new card of the first room at that encoder. */
export async function issueAtLobby(v1: Keyrack, property: string): Promise<Answer<'createOperation'>> {
  const [room] = (await v1.rooms.list({ property })).data;
  if (room === undefined) throw new Error('the property has no room');
  return v1.operations.create({
    ...{ property, kind: 'issue', mode: 'new', room: room.id, encoder: await lobbyEncoder(v1, property) },
    holder: { name: 'Ada' },
    validUntil: new Date(Date.now() + 86_400_000).toISOString(),
  });
}
