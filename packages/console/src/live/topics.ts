import type { Topic } from '../api/queries.ts';

/** What a type of event makes old: the word before its dot, and the queries that ask for such things. */
const MADE_OLD: Readonly<Record<string, readonly Topic[]>> = {
  account: ['accounts'],
  agent: ['agents', 'encoders'],
  api_key: ['api-keys'],
  card: ['cards'],
  copies: ['operations'],
  disk: ['agents'],
  encoder: ['encoders', 'agents'],
  guest_data: ['guests', 'cards', 'property'],
  lock: ['places', 'card-keys'],
  member: ['members', 'me'],
  operation: ['cards', 'operations', 'statistics'],
  owner: ['persons'],
  person: ['persons', 'me'],
  place: ['places', 'rack'],
  property: ['property', 'me', 'rack'],
  rooms: ['places', 'rack'],
  sandbox: ['encoders'],
  session: [],
  webhook: ['webhooks'],
};

/** Which queries ask again when these types of events were told. A type that this console doesn't know makes all old. */
export function madeOldBy(types: readonly string[]): ReadonlySet<Topic> | 'all' {
  const topics = new Set<Topic>(['audit']);
  for (const type of types) {
    const old = MADE_OLD[type.slice(0, type.indexOf('.'))];
    if (old === undefined) return 'all';
    for (const topic of old) topics.add(topic);
  }
  return topics;
}
