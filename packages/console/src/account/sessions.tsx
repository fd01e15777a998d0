import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Panel } from '../page/page.tsx';
import { Chip } from '../state/chip.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './account.module.css';
import { clientName } from './client-name.ts';
import * as texts from './texts.ts';

/** Where one is signed in; each but this one can be ended. */
export function Sessions() {
  const t = useTexts(texts);
  const times = useTimes();
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey: ['me', 'sessions'],
    queryFn: async () => (await keyrack.call('listSessions')).data,
  });
  const end = useMutation({
    async mutationFn(ids: readonly string[]) {
      for (const session of ids) await keyrack.call('revokeSession', { session });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['me', 'sessions'] }),
  });
  const others = (sessions.data ?? []).filter(({ current }) => !current);
  return (
    <Panel title={t('sessions.title')}>
      <div className={classes.part}>
        <p className={classes.muted}>{t('sessions.about')}</p>
        {sessions.isPending && <Bones rows={3} />}
        {sessions.error !== null && <Failure error={sessions.error} onAgain={() => void sessions.refetch()} />}
        {end.error !== null && !end.isPending && <Failure error={end.error} />}
        <ul className={classes.list}>
          {(sessions.data ?? []).map(({ id, client: agent, address, lastUsedAt, createdAt, current }) => {
            const name = clientName(agent) ?? t('sessions.unknownClient');
            return (
              <li key={id}>
                <div className={classes.grow}>
                  <b>
                    <bdi>{name}</bdi>
                  </b>{' '}
                  {current && <Chip meaning="good">{t('sessions.current')}</Chip>}
                  <p>{t('sessions.from', { address: isolated(address) })}</p>
                  <p>
                    {t('sessions.opened', { at: times.short(createdAt) })} ·{' '}
                    {t('sessions.used', { at: times.short(lastUsedAt) })}
                  </p>
                </div>
                {!current && (
                  <Button
                    size="xs"
                    aria-label={t('sessions.endOf', { client: isolated(name) })}
                    loading={end.isPending}
                    onClick={() => end.mutate([id])}
                  >
                    {t('sessions.end')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {others.length > 1 && (
          <div>
            <Button loading={end.isPending} onClick={() => end.mutate(others.map(({ id }) => id))}>
              {t('sessions.endOthers')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
