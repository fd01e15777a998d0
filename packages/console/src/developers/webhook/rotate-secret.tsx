import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Failure } from '../../page/failure.tsx';
import things from '../../page/thing.module.css';
import { isolated } from '../../texts/isolated.ts';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTimes } from '../../time/times.ts';
import classes from '../developers.module.css';
import { ShownSecret } from '../shown-secret.tsx';
import * as texts from './texts.ts';
import type { Webhook, WebhookCalls } from './webhook-calls.ts';

/** Gives a webhook another secret, which is shown once. The one before signs too for a day. */
export function RotateSecret(props: { readonly webhook: Webhook; readonly calls: WebhookCalls; onDone(): void }) {
  const t = useTexts(texts);
  const times = useTimes();
  const client = useQueryClient();
  const { webhook, calls, onDone } = props;
  const rotating = useMutation({
    mutationFn: () => calls.rotateSecret(webhook.id),
    onSuccess: () => client.invalidateQueries({ queryKey: calls.key }),
  });
  const made = rotating.data;
  if (made !== undefined)
    return (
      <ShownSecret title={t('rotated', { url: isolated(webhook.url) })} secret={made.secret} onKept={onDone}>
        <p>{t('bothUntil', { time: times.dayAndClock(made.previousSecretUntil) })}</p>
      </ShownSecret>
    );
  return (
    <div className={classes.stack}>
      <p>
        <Sentences>
          <b>{t('rotateSure')}</b>
          {t('rotateAbout')}
        </Sentences>
      </p>
      {rotating.error !== null && <Failure error={rotating.error} />}
      <div className={things.buttons}>
        <Button loading={rotating.isPending} onClick={() => rotating.mutate()}>
          {t('rotateNow')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('leave')}
        </Button>
      </div>
    </div>
  );
}
