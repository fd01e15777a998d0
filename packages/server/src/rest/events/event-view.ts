import { z } from 'zod';
import { EVENT_TYPE_NAMES, type EventType } from '../../domain/events.ts';
import { actorView } from '../audit/audit-view.ts';
import { time } from '../fields.ts';
import { PAGE, pageQuery } from '../pages.ts';

/** An event as /v1 shows it. */
export const eventView = z
  .object({
    id: z.string().meta({ description: 'The same whenever and however the event is told.' }),
    type: z
      .string()
      .meta({ description: 'E.g. `card.superseded`; docs/events.md lists them. Later versions may add more.' }),
    timestamp: time,
    property: z.string().nullable().meta({ description: 'Null for what concerns the whole installation.' }),
    number: z.int().meta({ description: 'Its place among the events of its property: 1, 2, 3 …, each once.' }),
    actor: actorView,
    data: z.record(z.string(), z.unknown()).meta({ description: 'What happened: ids, and no data of guests.' }),
  })
  .meta({ id: 'Event', description: 'Something that happened. It is never changed.' });

export const eventsPage = z
  .object({
    data: z.array(eventView),
    cursor: z.string().meta({ description: 'Send it as `cursor` for what comes behind these. There always is one.' }),
    more: z
      .boolean()
      .meta({ description: 'Whether there is more by now; else ask again later, or follow the stream.' }),
  })
  .meta({ id: 'EventsPage' });

/** What both lists of events are asked by. */
export const eventsQuery = pageQuery.extend({
  cursor: z.string().min(1).max(6_000).optional().meta({
    description: 'Only events behind it; `latest` for those to come. Without it from the first.',
  }),
  types: z
    .string()
    .max(2_000)
    .transform((text, context) => {
      const types = [...new Set(text.split(','))];
      const wrong = types.find((type) => !(EVENT_TYPE_NAMES as readonly string[]).includes(type));
      if (wrong !== undefined)
        context.addIssue({ code: 'custom', message: `names no type of event: ${wrong.slice(0, 64)}` });
      return types as EventType[];
    })
    .optional()
    .meta({ description: 'Only events of these types, with commas between them.' }),
});

export const USUAL_EVENTS = PAGE.usual;
