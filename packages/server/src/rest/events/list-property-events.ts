import { toldEvent } from '../../domain/events.ts';
import { endpoint } from '../endpoint.ts';
import { eventsPage, eventsQuery, USUAL_EVENTS } from './event-view.ts';
import { followEvents } from './follow-events.ts';
import { cursorOfOne, positionOf } from './positions.ts';

export const listPropertyEvents = endpoint({
  id: 'listPropertyEvents',
  method: 'GET',
  path: '/v1/properties/{property}/events',
  tag: 'events',
  summary: 'List events of a property',
  description:
    'The oldest first. Its cursor is the number of the last event. With `Accept: text/event-stream` it goes on as they happen.',
  right: 'events.read',
  query: eventsQuery,
  answers: {
    200: { description: 'Events behind the cursor.', body: eventsPage, stream: 'text/event-stream' },
  },
  problems: ['too-many-streams'],
  async handle({ property, query, parts, follows, streamed, callerNow }) {
    const { types = null, limit = USUAL_EVENTS } = query;
    const cursor = (follows.events ? follows.lastEventId : null) ?? query.cursor;
    const start = await positionOf(parts, property.id, cursor);
    if (follows.events) {
      const logs = async () => ((await callerNow()) === null ? null : [property.id]);
      const followed = { parts, start, types, logs, cursorOf: cursorOfOne };
      return { status: 200, stream: streamed((ended) => followEvents({ ...followed, ended })) };
    }
    const page = await parts.read('eventsPage', { positions: start, types, limit });
    const body = { data: page.events.map(toldEvent), cursor: cursorOfOne(page.positions), more: page.more };
    return { status: 200, body };
  },
});
