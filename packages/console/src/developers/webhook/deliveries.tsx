import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { Hidden } from '../../page/page.tsx';
import things from '../../page/thing.module.css';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTimes } from '../../time/times.ts';
import { instantOf } from '../../time/zoned.ts';
import classes from '../developers.module.css';
import { replayFrom } from './replay-from.ts';
import * as texts from './texts.ts';
import { useFreshDeliveries } from './use-fresh-deliveries.ts';
import type { Delivery, DeliveryState, WebhookCalls } from './webhook-calls.ts';

/** Deliveries that are shown. */
const SHOWN = 50;

const LOOKS = {
  delivered: { meaning: 'good', icon: 'ok' },
  waiting: { meaning: 'warn', icon: 'clock' },
  dead: { meaning: 'bad', icon: 'no' },
} as const;

/** What came of sending events to a webhook, and the ways to send them again. */
export function Deliveries({ calls, webhook }: { readonly calls: WebhookCalls; readonly webhook: string }) {
  const t = useTexts(texts);
  const { can } = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<DeliveryState | 'all'>('all');
  const key = [...calls.key, webhook, 'deliveries', state];
  const listed = useQuery({
    queryKey: key,
    queryFn: async () => await calls.deliveries(webhook, { state: state === 'all' ? null : state, limit: SHOWN }),
  });
  useFreshDeliveries(calls.key, listed.data?.data ?? []);
  const refresh = () => client.invalidateQueries({ queryKey: calls.key });
  const mayWrite = can(calls.key[2] === 'installation' ? 'installation.owner' : 'webhooks.write');
  const replayOne = useMutation({ mutationFn: (number: number) => calls.replay(webhook, number), onSettled: refresh });
  return (
    <div className={classes.stack}>
      <OneOf
        label={t('deliveries')}
        value={state}
        choices={(['all', 'delivered', 'waiting', 'dead'] as const).map((value) => ({
          value,
          label: t(`states.${value}`),
        }))}
        onChange={setState}
      />
      {listed.error !== null && <Failure error={listed.error} onAgain={() => void listed.refetch()} />}
      {listed.data === undefined ? (
        listed.error === null && <Bones rows={3} />
      ) : listed.data.data.length === 0 ? (
        <p className={things.small}>{t('noDeliveries')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <section className={classes.scroll} aria-label={t('deliveries')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('number')}</th>
                <th>{t('type')}</th>
                <th>{t('came')}</th>
                <th>{t('attempts')}</th>
                <th>{t('answer')}</th>
                <th>{t('at')}</th>
                {mayWrite && <td />}
              </tr>
            </thead>
            <tbody>
              {listed.data.data.map((delivery) => (
                <Row
                  key={delivery.number}
                  delivery={delivery}
                  onAgain={mayWrite ? () => replayOne.mutate(delivery.number) : null}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {listed.data?.nextCursor && <p className={things.small}>{t('older', { count: String(SHOWN) })}</p>}
      {replayOne.error !== null && <Failure error={replayOne.error} />}
      {mayWrite && <ReplayMany calls={calls} webhook={webhook} onDone={refresh} />}
    </div>
  );
}

function Row({ delivery, onAgain }: { readonly delivery: Delivery; readonly onAgain: (() => void) | null }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { number, type, state, attempts, status, problem, ms, lastAt, nextAt } = delivery;
  return (
    <tr data-delivery={number}>
      <td>{number}</td>
      <td className={things.mono}>{type}</td>
      <td>
        <Chip {...LOOKS[state]}>{t(`states.${state}`)}</Chip>
        {nextAt !== null && <span className={things.small}> {t('next', { time: times.short(nextAt) })}</span>}
      </td>
      <td>{attempts}</td>
      <td>{[status, problem !== null && t(`problem.${problem}`), `${ms} ms`].filter(Boolean).join(' · ')}</td>
      <td>{times.dayAndClock(lastAt)}</td>
      {onAgain !== null && (
        <td>
          {state !== 'waiting' && (
            <Button size="xs" onClick={onAgain}>
              {t('again')}
              <Hidden> {t('againOf', { number: String(number) })}</Hidden>
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

function ReplayMany(props: { readonly calls: WebhookCalls; readonly webhook: string; onDone(): void }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { calls, webhook, onDone } = props;
  const [from, setFrom] = useState('');
  const replaying = useMutation({
    mutationFn: (from: number | null) => (from === null ? calls.replayDead(webhook) : replayFrom(calls, webhook, from)),
    onSettled: onDone,
  });
  const [day, time] = from.split('T');
  const at = day === undefined || time === undefined ? null : instantOf({ day, time }, property.timeZone);
  return (
    <div className={classes.stack}>
      <div className={things.buttons}>
        <Button size="xs" loading={replaying.isPending} onClick={() => replaying.mutate(null)}>
          {t('deadAgain')}
        </Button>
      </div>
      <div className={classes.replay}>
        <TextInput
          label={t('from')}
          description={t('fromHelp')}
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Button
          loading={replaying.isPending}
          disabled={at === null}
          onClick={() => at !== null && replaying.mutate(at)}
        >
          {t('fromNow')}
        </Button>
      </div>
      <div role="status">
        {replaying.data !== undefined && (
          <p>
            <Sentences>
              {t('replayed', { count: replaying.data.replayed })}
              {replaying.data.more && t('more')}
            </Sentences>
          </p>
        )}
      </div>
      {replaying.error !== null && <Failure error={replaying.error} />}
    </div>
  );
}
