import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { SerialEnd } from '../card/plastic.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './room.module.css';
import type { Room } from './room.ts';
import * as texts from './texts.ts';

/** What became of the room's cards, the newest first. */
export function RoomHistory({ room }: { readonly room: Room }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { property } = useSession();
  const history = useInfiniteQuery({
    queryKey: ['cards', property.id, 'history', room.id],
    meta: { room: room.id },
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      keyrack.rooms.listHistory({ property: property.id, room: room.id, limit: 30, cursor }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const lines = history.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section className={classes.section} aria-label={t('historyTitle', { room: room.name })}>
      <h3>{t('historyTitle', { room: room.name })}</h3>
      {history.error && <Failure error={history.error} onAgain={() => void history.refetch()} />}
      {history.isPending && <Bones rows={5} />}
      {history.isSuccess && lines.length === 0 && <p className={classes.lead}>{t('historyNone')}</p>}
      <ol className={classes.history}>
        {lines.map(({ id, at, kind, serial, holder, requester, validUntil }) => (
          <li key={id} data-kind={kind}>
            <b>
              {t(`kinds.${kind}`)} <SerialEnd serial={serial} />
            </b>
            <time dateTime={at}>{times.short(at)}</time>
            <p>
              {holder !== null && (
                <>
                  <bdi>{holder}</bdi>
                  {' · '}
                </>
              )}
              {t('historyUntil', { time: times.dayAndClock(validUntil) })}
              {requester !== null && (
                <>
                  {' · '}
                  <bdi>{requester.name === null ? t('byKey') : t('by', { name: requester.name })}</bdi>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button size="xs" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </section>
  );
}
