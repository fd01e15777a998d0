import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useEffect, useState } from 'react';
import { useActorName } from '../actor/actor-name.tsx';
import { useLiveNews, useLiveState } from '../live/live.tsx';
import * as words from '../operation/texts.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Empty } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { actionInWords } from './action-words.ts';
import classes from './audit-page.module.css';
import { auditPage } from './audit-queries.ts';
import type { AuditSearch } from './audit-search.ts';
import * as texts from './texts.ts';
import { type AuditRecord, detailLines, subjectOf } from './told-record.ts';

/** Records of a log, page by page. New ones are told, and shown when somebody wants to see them: pages hold still. */
export function Records({ search }: { readonly search: AuditSearch }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [epoch, setEpoch] = useState(0);
  const [hasNews, setNews] = useState(false);
  useLiveNews((news) => {
    if ('types' in news && news.types.length > 0) setNews(true);
  });
  const { kind } = useLiveState();
  useEffect(() => {
    if (kind === 'lost') setNews(true);
  }, [kind]);
  const cursor = cursors.at(-1) ?? null;
  const page = useQuery({
    ...auditPage(property.id, property.timeZone, search, cursor, epoch),
    placeholderData: keepPreviousData,
  });
  const { data } = page;
  if (page.isError) return <Failure error={page.error} onAgain={() => void page.refetch()} />;
  if (data === undefined) return <Bones rows={10} />;
  const { nextCursor } = data;
  const isFiltered = Object.keys(search).some((name) => name !== 'log');
  const showNews = () => {
    setNews(false);
    setCursors([]);
    setEpoch((before) => before + 1);
  };
  return (
    <>
      {hasNews && (
        <p className={classes.news} role="status">
          <Button size="xs" onClick={showNews}>
            {t('fresh')}
          </Button>
        </p>
      )}
      {data.data.length > 0 && <Table records={data.data} isOld={page.isPlaceholderData} />}
      {data.data.length === 0 &&
        (nextCursor === null ? (
          <Empty title={t('none')}>{isFiltered && t('noneAdvice')}</Empty>
        ) : (
          <Empty title={t('none')} />
        ))}
      <nav className={classes.pages} aria-label={t('list')}>
        {cursors.length > 0 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>{t('newer')}</Button>}
        {nextCursor !== null && (
          <Button loading={page.isPlaceholderData} onClick={() => setCursors([...cursors, nextCursor])}>
            {t(data.data.length === 0 ? 'lookFurther' : 'older')}
          </Button>
        )}
      </nav>
    </>
  );
}

function Table({ records, isOld }: { readonly records: readonly AuditRecord[]; readonly isOld: boolean }) {
  const t = useTexts(texts);
  const [open, setOpen] = useState<number | null>(null);
  return (
    <table className={classes.table} aria-label={t('list')} aria-busy={isOld}>
      <thead>
        <tr>
          {(['time', 'who', 'did', 'about2', 'more'] as const).map((name) => (
            <th key={name} scope="col" data-column={name}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <Fragment key={record.number}>
            <Row
              record={record}
              isOpen={open === record.number}
              onOpen={() => setOpen(open === record.number ? null : record.number)}
            />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly record: AuditRecord;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function Row({ record, isOpen, onOpen }: RowProps) {
  const t = useTexts(texts);
  const signs = useSigns();
  const times = useTimes();
  const { language } = useLanguage();
  const nameOf = useActorName();
  const { number, at, action, actor, names, operation, hash } = record;
  const who = nameOf({ ...actor, name: actor.id === null ? null : (names[actor.id] ?? null) });
  const w = useTexts(words);
  const outcome = outcomeOf(record, w);
  const id = `record-${number}`;
  return (
    <>
      <tr data-open={isOpen}>
        <td data-column="time">
          <time dateTime={at}>{times.isToday(at) ? times.seconds(at) : times.dayAndClock(at)}</time>
        </td>
        <td data-column="who">
          <bdi>{who}</bdi>
        </td>
        <td data-column="did">
          {actionInWords(action, language)}
          {outcome !== null && (
            <small>
              {signs.colon}
              {outcome}
            </small>
          )}
        </td>
        <td data-column="about2">
          <bdi>{subjectOf(record)}</bdi>
        </td>
        <td data-column="more">
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={t('moreOf', { number })}
            onClick={onOpen}
          >
            {number.toLocaleString('en')}
          </Button>
        </td>
      </tr>
      {isOpen && (
        <tr id={id} className={classes.details}>
          <td colSpan={5}>
            <dl>
              <dt>{t('time')}</dt>
              <dd>
                {times.day(at)} {times.seconds(at)}
              </dd>
              {operation !== null && (
                <>
                  <dt>{t('operation')}</dt>
                  <dd>
                    <Link to="/operations" search={{ operation }}>
                      <code>{operation}</code>
                    </Link>
                  </dd>
                </>
              )}
              {detailLines(record, (ms) => `${times.day(ms)} ${times.seconds(ms)}`).map(({ name, value }) => (
                <Fragment key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <bdi>{value}</bdi>
                  </dd>
                </Fragment>
              ))}
              <dt>{t('hash')}</dt>
              <dd>
                <code>{hash}</code>
              </dd>
            </dl>
          </td>
        </tr>
      )}
    </>
  );
}

/** Of what is done at an encoder: what was asked for, or how it ended. */
function outcomeOf(
  { action, details }: AuditRecord,
  w: ReturnType<typeof useTexts<(typeof words)['english']>>,
): string | null {
  const { kind, state } = details;
  if (action === 'operation-settled' && isIn(words.english.states, state)) return w(`states.${state}`);
  if (action.startsWith('operation-') && isIn(words.english.kinds, kind)) return w(`kinds.${kind}`);
  return null;
}

function isIn<T extends object>(known: T, name: unknown): name is keyof T & string {
  return typeof name === 'string' && Object.hasOwn(known, name);
}
