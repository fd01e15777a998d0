import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { attentionOf } from '../operations/operation-queries.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { OneOf } from '../page/one-of.tsx';
import { Empty, Page, Panel } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import classes from './dashboard-page.module.css';
import { rackOf, statisticsOf } from './dashboard-queries.ts';
import { EncoderPlot, HourPlot, WhyNot } from './operation-plots.tsx';
import { keysOut } from './rack-figures.ts';
import { ExpiringPlot, FloorPlot } from './rack-plots.tsx';
import { isCut, SPANS, type Span, type Statistics } from './spans.ts';
import * as texts from './texts.ts';
import { useRefresh } from './use-refresh.ts';

/** How the house does: what was asked for, how long it took, and which keys are out. */
export function DashboardPage() {
  const t = useTexts(texts);
  const { property } = useSession();
  const times = useTimes();
  const now = useMinute();
  const [span, setSpan] = useState<Span>('today');
  const { id, timeZone, name } = property;
  const statistics = useQuery({ ...statisticsOf(id, timeZone, span), placeholderData: keepPreviousData });
  const rack = useQuery(rackOf(id));
  const { refetch: askStatistics } = statistics;
  const { refetch: askRack } = rack;
  useRefresh(
    span,
    useCallback(() => void Promise.all([askStatistics(), askRack()]), [askStatistics, askRack]),
  );
  const { data } = statistics;
  return (
    <Page
      title={t('title')}
      about={<bdi>{t('about', { property: name, day: times.day(now), time: times.clock(now) })}</bdi>}
      actions={
        <OneOf
          label={t('span')}
          value={span}
          choices={SPANS.map((value) => ({ value, label: t(`spans.${value}`) }))}
          onChange={setSpan}
        />
      }
    >
      <Figures statistics={data} rack={rack.data && keysOut(rack.data)} />
      <div className={classes.said}>
        {statistics.isError && <Failure error={statistics.error} onAgain={() => void askStatistics()} />}
        {rack.isError && <Failure error={rack.error} onAgain={() => void askRack()} />}
        {data && !statistics.isPlaceholderData && isCut(data, span, timeZone) && (
          <Note meaning="warn">{t('cut', { from: times.dayAndClock(data.from) })}</Note>
        )}
      </div>
      <div className={classes.plots}>
        {data === undefined ? (
          !statistics.isError && (
            <div>
              <Panel>
                <Bones rows={6} />
              </Panel>
            </div>
          )
        ) : data.total.asked === 0 ? (
          <div>
            <Panel>
              <Empty title={t(`empty.${span}`)}>{t('emptyAdvice')}</Empty>
            </Panel>
          </div>
        ) : (
          <>
            <div>
              <HourPlot statistics={data} span={span} now={now} />
            </div>
            <div>
              <EncoderPlot statistics={data} />
            </div>
          </>
        )}
        {rack.data && (
          <div>
            <FloorPlot floors={rack.data} />
          </div>
        )}
        {rack.data && (
          <div>
            <ExpiringPlot floors={rack.data} />
          </div>
        )}
        {data && data.causes.length > 0 && (
          <div>
            <WhyNot statistics={data} />
          </div>
        )}
      </div>
    </Page>
  );
}

function Figures(props: {
  readonly statistics: Statistics | undefined;
  readonly rack: ReturnType<typeof keysOut> | undefined;
}) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data: attention } = useQuery(attentionOf(property.id));
  const { statistics, rack } = props;
  const { asked = 0, succeeded = 0, medianMs = null, p90Ms = null } = statistics?.total ?? {};
  const seconds = (ms: number) => Math.round(ms / 100) / 10;
  const toLook = attention?.length ?? 0;
  const rooms = rack?.attention.length ?? 0;
  const isNothing = rooms === 0 && toLook === 0;
  return (
    <dl className={classes.figures}>
      <div>
        <dt>{t('keysOut')}</dt>
        <dd>
          <b>{rack?.cards.toLocaleString('en') ?? '–'}</b>
          {rack && <span>{t('inRooms', { rooms: rack.roomsOut, all: rack.rooms })}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('operations')}</dt>
        <dd>
          <b>{statistics ? asked.toLocaleString('en') : '–'}</b>
          {statistics && <span>{t('doneAndNot', { done: succeeded, not: asked - succeeded })}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('halfWithin')}</dt>
        <dd>
          <b>{medianMs === null ? '–' : t('seconds', { seconds: seconds(medianMs) })}</b>
          <span>{p90Ms === null ? t('nothingDone') : t('ninetyWithin', { seconds: seconds(p90Ms) })}</span>
        </dd>
      </div>
      <div data-bad={!isNothing}>
        <dt>{t('attention')}</dt>
        <dd>
          <b>{rack ? rooms : '–'}</b>
          <span>
            {isNothing ? (
              t('noAttention')
            ) : (
              <>
                <Icon name="alert" size={13} />
                {t('attentionRooms', { count: rooms })}
                {toLook > 0 && (
                  <>
                    {' · '}
                    <Link to="/operations">{t('lookAt', { count: toLook })}</Link>
                  </>
                )}
              </>
            )}
          </span>
        </dd>
      </div>
    </dl>
  );
}
