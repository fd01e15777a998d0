import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeSeen, isAsSeen, theirsOf } from '../../conflict/change-seen.ts';
import { Failure } from '../../page/failure.tsx';
import { Sure } from '../../page/sure.tsx';
import things from '../../page/thing.module.css';
import { Thing } from '../../page/thing.tsx';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { Note } from '../../state/note.tsx';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTimes } from '../../time/times.ts';
import classes from '../developers.module.css';
import { Deliveries } from './deliveries.tsx';
import type { EventType } from './event-types.ts';
import { NotChanged } from './not-changed.tsx';
import { RotateSecret } from './rotate-secret.tsx';
import * as texts from './texts.ts';
import type { Webhook, WebhookCalls } from './webhook-calls.ts';
import { WebhookForm } from './webhook-form.tsx';

const LOOKS = {
  active: { meaning: 'good', icon: 'ok' },
  paused: { meaning: 'calm', icon: 'clock' },
  disabled: { meaning: 'bad', icon: 'no' },
} as const;

/** A webhook: whether what it wants arrives, and what can be done about it. */
export function WebhookPanel({ webhook, calls }: { readonly webhook: Webhook; readonly calls: WebhookCalls }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { can } = useSession();
  const client = useQueryClient();
  const [doing, setDoing] = useState<'change' | 'rotate' | 'remove' | null>(null);
  const [shows, setShows] = useState(false);
  // What was seen when the form was opened: a change by somebody else is noticed by it.
  const [seen, setSeen] = useState(webhook);
  const done = () => setDoing(null);
  const refresh = () => client.invalidateQueries({ queryKey: calls.key });
  const testing = useMutation({ mutationFn: () => calls.test(webhook.id) });
  const pausing = useMutation({
    mutationFn: (active: boolean) => changeWebhook(calls, webhook, { active }),
    onSettled: refresh,
  });
  const mayWrite = can(calls.key[2] === 'installation' ? 'installation.owner' : 'webhooks.write');
  const { state, url } = webhook;
  return (
    <Thing
      kind="webhook"
      id={webhook.id}
      name={url}
      line={
        <p className={things.small}>
          {webhook.types === null ? t('allTypes') : t('wants', { count: webhook.types.length })}
        </p>
      }
      end={
        <span className={things.chips}>
          {webhook.previousSecretUntil !== null && (
            <Chip meaning="warn" icon="clock">
              {t('bothUntilShort', { time: times.short(webhook.previousSecretUntil) })}
            </Chip>
          )}
          <Chip {...LOOKS[state]}>{t(`state.${state}`)}</Chip>
        </span>
      }
      body={
        <>
          {webhook.disabledWhy !== null && <Note meaning="bad">{t(`why.${webhook.disabledWhy}`)}</Note>}
          {state === 'active' && webhook.failingSince !== null && (
            <Note meaning="warn">{t('failing', { time: times.dayAndClock(webhook.failingSince) })}</Note>
          )}
          {webhook.types !== null && <p className={things.mono}>{webhook.types.join(', ')}</p>}
          <dl className={classes.facts}>
            <dt>{t('behind')}</dt>
            <dd>{webhook.behind}</dd>
            <dt>{t('waiting')}</dt>
            <dd>{webhook.waiting}</dd>
            <dt>{t('dead')}</dt>
            <dd>{webhook.dead}</dd>
            <dt>{t('last')}</dt>
            <dd>{webhook.lastDeliveredAt === null ? t('never') : times.dayAndClock(webhook.lastDeliveredAt)}</dd>
          </dl>
          <div role="status">
            {testing.isPending && <Note meaning="accent">{t('testing')}</Note>}
            {testing.data !== undefined && <Tested {...testing.data} />}
          </div>
          {testing.error !== null && <Failure error={testing.error} />}
          {pausing.error !== null && <NotChanged error={pausing.error} />}
          {doing === 'change' && (
            <WebhookForm
              first={{ url, types: webhook.types as EventType[] | null }}
              word={t('save')}
              save={async (filled) => {
                await changeWebhook(calls, seen, filled).catch((error: unknown) => {
                  // Whoever saves once more has seen it as it is now.
                  setSeen(theirsOf<Webhook>(error) ?? seen);
                  throw error;
                });
                await refresh();
                done();
              }}
              onDone={() => {
                void refresh();
                done();
              }}
            />
          )}
          {doing === 'rotate' && <RotateSecret webhook={webhook} calls={calls} onDone={done} />}
          {doing === 'remove' && (
            <Sure
              what={t('remove')}
              leave={t('leave')}
              act={async () => {
                await calls.remove(webhook.id);
                await refresh();
              }}
              onDone={done}
            >
              <Sentences>
                <b>{t('removeSure')}</b>
                {t('removeEnds')}
              </Sentences>
            </Sure>
          )}
          <div className={things.buttons}>
            <Button size="xs" aria-expanded={shows} onClick={() => setShows(!shows)}>
              {t(shows ? 'closeDeliveries' : 'deliveries')}
            </Button>
            {mayWrite && doing === null && (
              <>
                <Button size="xs" loading={testing.isPending} onClick={() => testing.mutate()}>
                  {t('test')}
                </Button>
                <Button
                  size="xs"
                  onClick={() => {
                    setSeen(webhook);
                    setDoing('change');
                  }}
                >
                  {t('change')}
                </Button>
                <Button size="xs" onClick={() => setDoing('rotate')}>
                  {t('rotate')}
                </Button>
                <Button size="xs" loading={pausing.isPending} onClick={() => pausing.mutate(state !== 'active')}>
                  {t(state === 'active' ? 'pause' : 'resume')}
                </Button>
                <Button size="xs" color="bad" onClick={() => setDoing('remove')}>
                  {t('remove')}
                </Button>
              </>
            )}
          </div>
          {shows && <Deliveries calls={calls} webhook={webhook.id} />}
        </>
      }
    />
  );
}

/** Changes a webhook as somebody sees it. */
function changeWebhook(
  calls: WebhookCalls,
  seen: Webhook,
  changes: { url?: string; types?: EventType[] | null; active?: boolean },
): Promise<Webhook> {
  return changeSeen<Webhook>({
    get: () => calls.get(seen.id),
    isSeen: (now) => isAsSeen(now, seen, ['url', 'types', 'state']),
    change: (known) => calls.change(known, changes),
  });
}

function Tested(tested: {
  readonly delivered: boolean;
  readonly status: number | null;
  readonly problem: keyof (typeof texts.english)['problem'] | null;
  readonly ms: number;
}) {
  const t = useTexts(texts);
  const { delivered, status, problem, ms } = tested;
  if (delivered) return <Note meaning="good">{t('tested', { status: String(status ?? ''), ms: String(ms) })}</Note>;
  return (
    <Note meaning="bad">
      <b>{t('testFailed')}</b> {status !== null && `${status} · `}
      {problem !== null && t(`problem.${problem}`)}
    </Note>
  );
}
