import type { Topic } from '../api/queries.ts';
import type { LiveNews } from './messages.ts';

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

/** What happens to cards and operations touches rooms that are named beside it. Other things may touch any. */
const OF_ROOMS: ReadonlySet<string> = new Set(['card', 'copies', 'operation']);

/** A query, as far as news make it old. */
export interface Told {
  readonly queryKey: readonly unknown[];
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether a query asks again. One that says in its `meta` that it is about a room does where that room was touched. */
export function isMadeOld({ types, rooms }: Extract<LiveNews, { types: unknown }>): (query: Told) => boolean {
  const isOfRooms = (type: string) => OF_ROOMS.has(type.slice(0, type.indexOf('.')));
  const everywhere = madeOldBy(types.filter((type) => !isOfRooms(type)));
  const inRooms = madeOldBy(types.filter(isOfRooms));
  const has = (topics: ReturnType<typeof madeOldBy>, topic: unknown) => topics === 'all' || topics.has(topic as Topic);
  return ({ queryKey: [topic], meta }) => {
    if (has(everywhere, topic)) return true;
    const room = meta?.room;
    return has(inRooms, topic) && (typeof room !== 'string' || rooms === null || rooms.includes(room));
  };
}

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
