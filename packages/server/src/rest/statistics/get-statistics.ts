import { z } from 'zod';
import { STATISTICS } from '../../domain/limits.ts';
import type { Property } from '../../domain/places.ts';
import { hoursBetween, startOfDay } from '../../domain/property-hours.ts';
import { type OperationFact, statisticsOf } from '../../domain/statistics.ts';
import type { operationFactsPage } from '../../queries/operation-facts-page.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime } from '../fields.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError } from '../problems.ts';
import { statisticsView, viewOfStatistics } from './statistics-view.ts';

export const getStatistics = endpoint({
  id: 'getStatistics',
  method: 'GET',
  path: '/v1/properties/{property}/statistics',
  tag: 'operations',
  summary: 'Get statistics of operations',
  description:
    'By hour on the clock of the property, by encoder and by cause: of today, unless told otherwise. Requests that were refused before they became an operation are not counted.',
  right: 'operations.read',
  query: z.strictObject({
    from: givenTime
      .optional()
      .meta({ description: 'Asked for at this time or later; the start of today unless told.' }),
    until: givenTime.optional().meta({
      description: `Asked for before this time; now unless told. At most ${STATISTICS.days} days behind \`from\`.`,
    }),
  }),
  answers: { 200: { description: 'The statistics.', body: statisticsView } },
  async handle({ query, property, now, parts, hungUp }) {
    const asked = rangeOf(query, property, now);
    const { facts, encoders, from } = await factsOf(parts, property.id, asked, hungUp);
    const range = { from, until: asked.until };
    const statistics = statisticsOf(facts, hoursBetween(range.from, range.until, property.timeZone));
    return { status: 200, body: viewOfStatistics(statistics, { ...range, property, encoders }) };
  },
});

interface Range {
  readonly from: number;
  readonly until: number;
}

function rangeOf(
  query: { from?: number | undefined; until?: number | undefined },
  { timeZone }: Property,
  now: number,
) {
  const until = query.until ?? now;
  const from = query.from ?? startOfDay(until, timeZone);
  if (from > until) throw invalid('from', 'is behind the end; send an earlier one');
  // A day on which clocks are set back has an hour more.
  if (until - from > STATISTICS.days * 24 * 3_600_000 + 3_600_000)
    throw invalid('from', `is more than ${STATISTICS.days} days before the end; send a later one`);
  return { from, until };
}

function invalid(path: string, detail: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ in: 'query', path, detail }] });
}

/** A list is read for each thousand of them, so that others are read in between. What comes meanwhile isn't counted. */
async function factsOf({ read }: HandlerParts, propertyId: string, { from, until }: Range, hungUp: AbortSignal) {
  const facts: OperationFact[] = [];
  for (let after: { readonly id: string } | null = null; ; ) {
    const page: ReturnType<typeof operationFactsPage> = await read('operationFactsPage', {
      propertyId,
      from,
      until,
      after,
    });
    for (const fact of page.facts) facts.push(fact);
    const oldest = page.facts.at(-1);
    if (page.next === null || hungUp.aborted) return { facts, encoders: page.encoders, from };
    if (facts.length >= STATISTICS.operations && oldest !== undefined)
      return { facts, encoders: page.encoders, from: oldest.acceptedAt };
    after = page.next;
  }
}
