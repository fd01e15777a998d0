import type { Answer } from '@keyrack/sdk';
import type { Command } from 'commander';
import { administer } from '../connection/administer.ts';
import { printOne } from '../output/print.ts';
import type { Column } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty } from './choose-property.ts';
import { atProperty, given, type PropertyOptions, parseTime } from './options.ts';

/** `keyrack operations statistics`: what was asked for in a time, and what became of it. */

type Statistics = Answer<'getStatistics'>;
type Hour = Statistics['hours'][number];
type Encoder = Statistics['encoders'][number];

interface StatisticsOptions extends PropertyOptions {
  readonly from?: string;
  readonly until?: string;
}

export function addStatistics(group: Command, terminal: Terminal): void {
  atProperty(group.command('statistics'))
    .description('tell how many operations there were by hour, encoder and cause, and how long they took')
    .option('--from <time>', 'of this time or later; the start of today unless given', parseTime)
    .option('--until <time>', 'from before this time, 31 days later at most; now unless given', parseTime)
    .action(async (options: StatisticsOptions) => {
      const { from, until } = options;
      const told = await administer(terminal, options, async (connection) => {
        const { id } = await chooseProperty(connection, terminal, options);
        return connection.keyrack.call('getStatistics', { property: id, ...given({ from, until }) });
      });
      printOne(terminal, terminal.screen === undefined || options.json ? told : forReading(told), options, {
        hours: HOUR_COLUMNS,
        encoders: ENCODER_COLUMNS,
      });
    });
}

/** Hours in which nothing was asked for would fill a screen. */
function forReading(told: Statistics): Statistics {
  return { ...told, hours: told.hours.filter(({ asked }) => asked > 0) };
}

const HOUR_COLUMNS: readonly Column<Hour>[] = [
  { title: 'DAY', of: ({ day }) => day, whole: true },
  { title: 'HOUR', of: ({ hour }) => `${String(hour).padStart(2, '0')}:00` },
  { title: 'ASKED', of: ({ asked }) => asked, align: 'right' },
  { title: 'SUCCEEDED', of: ({ succeeded }) => succeeded, align: 'right' },
  { title: 'FAILED', of: ({ failed }) => failed, align: 'right' },
  { title: 'WITHDRAWN', of: ({ withdrawn }) => withdrawn, align: 'right' },
  { title: 'UNKNOWN', of: ({ unknown }) => unknown, align: 'right' },
];

const ENCODER_COLUMNS: readonly Column<Encoder>[] = [
  { title: 'ENCODER', of: ({ encoder }) => encoder.name ?? encoder.mac },
  { title: 'ASKED', of: ({ asked }) => asked, align: 'right' },
  { title: 'SUCCEEDED', of: ({ succeeded }) => succeeded, align: 'right' },
  { title: 'SHARE', of: ({ successShare }) => successShare && `${Math.floor(successShare * 100)} %`, align: 'right' },
  { title: 'HALF TOOK', of: ({ medianMs }) => secondsOf(medianMs), align: 'right' },
  { title: '9 OF 10 TOOK', of: ({ p90Ms }) => secondsOf(p90Ms), align: 'right' },
];

function secondsOf(ms: number | null): string | null {
  return ms === null ? null : `${(ms / 1_000).toFixed(1)} s`;
}
