import type { RackFollower } from '../../runtime/rack-feeds.ts';
import type { ToldNews } from '../../runtime/told-news.ts';
import { endpoint } from '../endpoint.ts';
import { viewOfOperation } from '../operations/operation-view.ts';
import { viewOfRackRoom } from './key-rack-view.ts';

/**
 * How often a stream says that it is there, also where nothing happens. Its credential is asked for then, so that a page of somebody
 * who was signed out elsewhere learns of it within seconds. Milliseconds.
 */
const HEARTBEAT_MS = 5_000;

export const followProperty = endpoint({
  id: 'followProperty',
  method: 'GET',
  path: '/v1/properties/{property}/live',
  tag: 'key-rack',
  summary: 'Follow a property live',
  description:
    'Server-sent events for a page that shows what is: `rooms` (`{rooms}` as the key rack has them), `operations` (`{operations}`) and `changed` (`{types, rooms}`: types of events, with `agent.presence` where a front desk or an encoder came or went, and ids of the rooms that they touched, null for any). Four of each a second at the most, and no replays: get what you show after it has begun.',
  right: 'cards.read',
  answers: { 200: { description: 'What changes, as it does.', stream: 'text/event-stream' } },
  problems: ['too-many-streams'],
  async handle({ property, parts, streamed, callerNow }) {
    const isAllowed = async () => (await callerNow()) !== null;
    const follow = (ended: AbortSignal) => tellNews(parts.rackFeeds.follow(property.id), isAllowed, ended);
    return { status: 200, stream: streamed(follow) };
  },
});

/** What a follower hears, as server-sent events, while the credential holds. Whoever takes it slowly gets more of it at once. */
async function* tellNews(
  follower: RackFollower,
  isAllowed: () => Promise<boolean>,
  ended: AbortSignal,
): AsyncGenerator<string> {
  try {
    // From here on nothing is missed.
    await follower.begun;
    yield 'retry: 3000\n\n';
    while (!ended.aborted) {
      const news = await follower.next(HEARTBEAT_MS, ended);
      // Asked behind the news: nothing is told that happened when the caller might no longer see it.
      if (news === 'over' || !(await isAllowed())) return;
      yield news === 'quiet' ? ': still here\n\n' : textOf(news);
    }
  } finally {
    follower.stop();
  }
}

/** All streams of a property get the same news, so that it is put into words once. */
const texts = new WeakMap<ToldNews, string>();

function textOf(news: ToldNews): string {
  const known = texts.get(news);
  if (known !== undefined) return known;
  const { rooms, touched, operations, types } = news;
  const text = [
    rooms.length > 0 && message('rooms', { rooms: rooms.map(viewOfRackRoom) }),
    operations.length > 0 && message('operations', { operations: operations.map(viewOfOperation) }),
    types.length > 0 && message('changed', { types, rooms: touched }),
  ]
    .filter((each) => each !== false)
    .join('');
  texts.set(news, text);
  return text;
}

function message(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
