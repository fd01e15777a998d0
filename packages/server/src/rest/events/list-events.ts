import { z } from 'zod';
import { toldEvent } from '../../domain/events.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { eventsPage, eventsQuery, USUAL_EVENTS } from './event-view.ts';
import { followEvents } from './follow-events.ts';
import { cursorOfSeveral, logsOf, MOST_LOGS, positionsOf } from './positions.ts';

export const listEvents = endpoint({
  id: 'listEvents',
  method: 'GET',
  path: '/v1/events',
  tag: 'events',
  summary: 'List events of several properties',
  description:
    'Those of each property in their order, among properties about by time. The cursor holds a place in each. The owner gets those of the installation, too. With `Accept: text/event-stream` it goes on as they happen.',
  right: 'events.read',
  query: eventsQuery.extend({
    properties: z
      .string()
      .min(1)
      .max(2_000)
      .transform((text) => text.split(','))
      .refine((refs) => refs.length <= MOST_LOGS, `names ${MOST_LOGS} properties at most`)
      .optional()
      .meta({ description: 'Ids or numbers with commas between them; without it all that the credential reaches.' }),
  }),
  answers: {
    200: { description: 'Events behind the cursor.', body: eventsPage, stream: 'text/event-stream' },
  },
  problems: ['too-many-streams'],
  async handle({ caller, query, parts, follows, streamed, callerNow }) {
    const { properties, types = null, limit = USUAL_EVENTS } = query;
    const cursor = (follows.events ? follows.lastEventId : null) ?? query.cursor;
    const start = await positionsOf(parts, await logsOf(parts, caller, properties), cursor);
    if (follows.events) {
      const logs = async () => {
        const now = await callerNow();
        return now === null ? null : logsOf(parts, now, properties).catch(noneLeft);
      };
      const followed = { parts, start, types, logs, cursorOf: cursorOfSeveral };
      return { status: 200, stream: streamed((ended) => followEvents({ ...followed, ended })) };
    }
    const page = await parts.read('eventsPage', { positions: start, types, limit });
    const body = { data: page.events.map(toldEvent), cursor: cursorOfSeveral(page.positions), more: page.more };
    return { status: 200, body };
  },
});

/** Of a request that would be refused by now: whoever connects again is told why. */
function noneLeft(error: unknown): null {
  if (error instanceof ProblemError) return null;
  throw error;
}
