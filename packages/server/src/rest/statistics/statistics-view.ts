import { z } from 'zod';
import type { Encoder, Property } from '../../domain/places.ts';
import { calledName } from '../../domain/places.ts';
import { type Counts, type Durations, type Statistics, successShare } from '../../domain/statistics.ts';
import { time, timeOf } from '../fields.ts';

const count = z.int().min(0);

const counts = {
  asked: count.meta({ description: 'All that were accepted.' }),
  succeeded: count,
  failed: count.meta({
    description: 'Rejected, damaged or expired: no card came, it would not do, or the write failed.',
  }),
  withdrawn: count,
  unknown: count.meta({ description: 'Nobody can tell yet, or it was written off.' }),
  open: count.meta({ description: 'Accepted or granted.' }),
};

const durations = {
  successShare: z
    .number()
    .nullable()
    .meta({ description: 'Of those that succeeded or failed, how many succeeded: 0 to 1. Null where there are none.' }),
  medianMs: z.int().nullable().meta({
    description: 'Half of those that succeeded took no longer, from the request to the record of the outcome.',
  }),
  p90Ms: z.int().nullable().meta({ description: 'Nine of ten took no longer.' }),
};

export const statisticsView = z
  .object({
    from: time.meta({
      description: 'Since when it counts. Later than asked for where there are more operations than it counts.',
    }),
    until: time,
    timeZone: z.string().meta({ description: 'What hours and days are told in: that of the property.' }),
    total: z.object({ ...counts, ...durations }),
    hours: z
      .array(
        z.object({
          at: time.meta({ description: 'Its first instant.' }),
          day: z.iso.date(),
          hour: z
            .int()
            .min(0)
            .max(23)
            .meta({ description: 'By the clock of the property. Where clocks are set back, one comes twice.' }),
          ...counts,
          kinds: z.object({ issue: count, read: count, cancel: count }),
        }),
      )
      .meta({ description: 'Every hour, by when operations were asked for, those in which nothing was too.' }),
    encoders: z
      .array(
        z.object({
          encoder: z.object({ id: z.int().nullable(), mac: z.string(), name: z.string().nullable() }),
          ...counts,
          ...durations,
        }),
      )
      .meta({ description: 'Those that were used, the busiest first.' }),
    causes: z
      .array(z.object({ cause: z.string(), operations: count }))
      .meta({ description: 'Why operations ended otherwise, the most frequent first.' }),
  })
  .meta({ id: 'Statistics', description: 'What was asked for in a time, and what became of it.' });

export function viewOfStatistics(
  { total, hours, encoders, causes }: Statistics,
  facts: {
    readonly from: number;
    readonly until: number;
    readonly property: Pick<Property, 'timeZone'>;
    readonly encoders: readonly Encoder[];
  },
): z.input<typeof statisticsView> {
  const known = new Map(facts.encoders.map((encoder) => [encoder.mac, encoder]));
  return {
    from: timeOf(facts.from),
    until: timeOf(facts.until),
    timeZone: facts.property.timeZone,
    total: withShare(total),
    hours: hours.map((hour) => ({ ...hour, at: timeOf(hour.at) })),
    encoders: encoders.map(({ encoder: mac, ...counted }) => {
      const encoder = known.get(mac);
      return {
        encoder: { id: encoder?.id ?? null, mac, name: encoder ? calledName(encoder) : null },
        ...withShare(counted),
      };
    }),
    causes: [...causes],
  };
}

function withShare<T extends Counts & Durations>(counted: T): T & { successShare: number | null } {
  return { ...counted, successShare: successShare(counted) };
}
