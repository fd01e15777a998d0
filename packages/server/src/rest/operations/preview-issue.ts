import { z } from 'zod';
import type { PreviewedCard } from '../../queries/preview-issue.ts';
import { endpoint } from '../endpoint.ts';
import { time, timeOf } from '../fields.ts';
import { refusedBy } from '../problems.ts';
import { issue, wishOf } from './issue-body.ts';

const cardFields = {
  record: z.string().meta({ description: 'Id of its card record.' }),
  serial: z.string().nullable(),
  holder: z.string().nullable(),
};

const issuePreview = z
  .object({
    room: z.object({ id: z.string(), name: z.string() }),
    validFrom: time.meta({ description: 'When the card would begin.' }),
    stops: z
      .array(
        z.object({
          ...cardFields,
          status: z.enum(['superseded', 'lost']).meta({ description: 'What it would become.' }),
          at: time.meta({ description: 'When: at once, or when the new card begins.' }),
          mayOpenUntil: time.meta({
            description: 'The lock may open for it until then, or until it has seen the new card.',
          }),
        }),
      )
      .meta({ description: 'The cards that it would put out of use.' }),
    beside: z
      .array(z.object(cardFields))
      .meta({ description: "The same guest's cards, which go on opening beside it." }),
    stopsItself: z
      .object({ at: time, record: z.string().meta({ description: 'The card record of the stay that begins then.' }) })
      .nullable()
      .meta({ description: 'When it would be out of use before its end, since another stay begins then.' }),
  })
  .meta({ id: 'IssuePreview', description: "What an issue would do to a room's cards." });

export const previewIssue = endpoint({
  id: 'previewIssue',
  method: 'POST',
  path: '/v1/properties/{property}/operations/preview',
  tag: 'operations',
  summary: 'Preview an issue',
  description:
    'Takes the body of an issue, and tells which cards it would stop and when, as things are now. It changes nothing. What the issue would be refused for, the preview is refused for too; only the encoder is not looked at.',
  right: 'cards.read',
  body: issue,
  answers: { 200: { description: 'What it would do.', body: issuePreview } },
  problems: ['refused'],
  async handle({ body, property, now, parts }) {
    const preview = await parts.read('previewIssue', { propertyId: property.id, ...wishOf(body), now });
    if (preview.verdict === 'refused') throw refusedBy(preview.refusal);
    const { room, begins, stops, beside, stopsItself } = preview;
    return {
      status: 200,
      body: {
        room: { id: room.id, name: room.name },
        validFrom: timeOf(begins),
        stops: stops.map(({ how, at, mayOpenUntil, ...card }) => ({
          ...viewOf(card),
          status: STATUS_AFTER[how],
          at: timeOf(at),
          mayOpenUntil: timeOf(mayOpenUntil),
        })),
        beside: beside.map(viewOf),
        stopsItself: stopsItself && { at: timeOf(stopsItself.at), record: stopsItself.recordId },
      },
    };
  },
});

const STATUS_AFTER = { superseded: 'superseded', 'loss-reported': 'lost' } as const;

function viewOf({ recordId, serial, owner }: PreviewedCard) {
  return { record: recordId, serial, holder: owner };
}
