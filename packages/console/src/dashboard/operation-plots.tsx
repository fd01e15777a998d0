import { explainCause } from '../cause/explain-cause.ts';
import { Panel } from '../page/page.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { Bars } from './plots/bars.tsx';
import { PlotPanel } from './plots/plot-panel.tsx';
import classes from './plots/plots.module.css';
import { SpansOfTime } from './plots/times.tsx';
import { binsOf, HOURS_OF_A_BAR, type Span, type Statistics } from './spans.ts';
import * as texts from './texts.ts';

const TITLES = { today: 'byHour', week: 'bySixHours', month: 'byDay' } as const;
const KINDS = ['issue', 'read', 'cancel'] as const;
const MARKS = ['first', 'second', 'third'] as const;
const HOUR = 3_600_000;

/** What was asked for, by the clock of the property. */
export function HourPlot({
  statistics,
  span,
  now,
}: {
  readonly statistics: Statistics;
  readonly span: Span;
  readonly now: number;
}) {
  const t = useTexts(texts);
  const signs = useSigns();
  const times = useTimes();
  const bins = binsOf(statistics.hours, span);
  const title = t(TITLES[span]);
  const totals = KINDS.map((kind) => bins.reduce((sum, bin) => sum + bin[kind], 0));
  const two = (hour: number) => String(hour).padStart(2, '0');
  const dayOf = (day: string) => `${Number(day.slice(8))}.${Number(day.slice(5, 7))}.`;
  const labelOf = (day: string, hour: number, index: number) => {
    if (span === 'today') return hour % 4 === 0 ? two(hour) : '';
    if (span === 'week') return hour === 0 ? dayOf(day) : '';
    return index % 4 === 0 ? dayOf(day) : '';
  };
  const passed = statistics.hours.filter(({ at }) => Date.parse(at) + HOUR <= now).length;
  const nowAt = passed + ((now / HOUR) % 1);
  return (
    <PlotPanel
      title={title}
      about={t('asked', { asked: statistics.total.asked })}
      plot={
        <Bars
          label={`${title}${signs.colon}${t('asked', { asked: statistics.total.asked })}`}
          bars={bins.map(({ day, hour, ...bin }, index) => ({
            key: `${day} ${hour}`,
            label: labelOf(day, hour, index),
            values: KINDS.map((kind) => bin[kind]),
          }))}
          {...(span === 'today' && { nowAt })}
        />
      }
      series={KINDS.map((kind, index) => ({
        mark: MARKS[index] ?? 'first',
        name: t('kindWith', { kind: t(`kindOf.${kind}`), number: totals[index] ?? 0 }),
      }))}
      table={{
        columns: [
          { title: t(span === 'month' ? 'day' : 'hours') },
          ...KINDS.map((kind) => ({ title: t(`kindOf.${kind}`), isNumber: true })),
          { title: t('succeeded'), isNumber: true },
          { title: t('failed'), isNumber: true },
        ],
        rows: bins
          .filter(({ at }) => at !== '')
          .map(({ day, hour, at, issue, read, cancel, succeeded, failed }) => ({
            key: `${day} ${hour}`,
            cells: [
              span === 'month'
                ? times.day(at)
                : `${span === 'week' ? `${times.day(at)} ` : ''}${two(hour)}–${two(hour + HOURS_OF_A_BAR[span])}`,
              ...[issue, read, cancel, succeeded, failed],
            ],
          })),
      }}
    />
  );
}

/** How each encoder does. */
export function EncoderPlot({ statistics }: { readonly statistics: Statistics }) {
  const t = useTexts(texts);
  const named = statistics.encoders.map((each) => ({ ...each, name: each.encoder.name ?? each.encoder.mac }));
  const inSeconds = (ms: number | null) => (ms === null ? '–' : t('seconds', { seconds: Math.round(ms / 100) / 10 }));
  return (
    <PlotPanel
      title={t('byEncoder')}
      about={t('byEncoderAbout')}
      plot={
        <SpansOfTime
          label={t('byEncoder')}
          seconds={(seconds) => t('axis', { seconds })}
          things={named.slice(0, SHOWN_ENCODERS).map(({ encoder, name, asked, succeeded, medianMs, p90Ms }) => ({
            key: encoder.mac,
            name,
            note: t('doneOf', { done: succeeded, all: asked }),
            ...{ medianMs, p90Ms },
          }))}
        />
      }
      series={[
        { mark: 'dot', name: t('halfFaster') },
        { mark: 'tick', name: t('ninetyFaster') },
      ]}
      table={{
        columns: [
          { title: t('encoder') },
          { title: t('operations'), isNumber: true },
          { title: t('share'), isNumber: true },
          { title: t('median'), isNumber: true },
          { title: t('p90'), isNumber: true },
        ],
        rows: named.map(({ encoder, name, asked, successShare, medianMs, p90Ms }) => ({
          key: encoder.mac,
          cells: [
            <bdi key="name">{name}</bdi>,
            asked,
            successShare === null ? '–' : t('percent', { share: successShare }),
            ...[inSeconds(medianMs), inSeconds(p90Ms)],
          ],
        })),
      }}
    />
  );
}

/** More would be a plot that nobody reads: the table has all. */
const SHOWN_ENCODERS = 8;

/** Why operations ended otherwise than wanted. */
export function WhyNot({ statistics }: { readonly statistics: Statistics }) {
  const t = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Panel
      title={
        <>
          {t('whyNot')}
          <span className={classes.about}>{t('whyNotAbout')}</span>
        </>
      }
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('cause')}</th>
            <th scope="col" data-number="true">
              {t('count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.causes.map(({ cause, operations }) => (
            <tr key={cause}>
              <td>{explainCause(cause, language)}</td>
              <td data-number="true">{operations}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
