import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Icon } from '../../icon/icon.tsx';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { OneOf } from '../../page/one-of.tsx';
import { Empty, Panel } from '../../page/page.tsx';
import things from '../../page/thing.module.css';
import { useSession } from '../../session/session.tsx';
import { isolated } from '../../texts/isolated.ts';
import { useTexts } from '../../texts/texts.ts';
import classes from '../developers.module.css';
import { DevelopersFrame } from '../developers-frame.tsx';
import { ShownSecret } from '../shown-secret.tsx';
import * as texts from './texts.ts';
import { useFreshDeliveries } from './use-fresh-deliveries.ts';
import { type WebhookCalls, type WebhookScope, webhookCalls } from './webhook-calls.ts';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookPanel } from './webhook-panel.tsx';

/** Where events are sent to: of this property, and for owners of the whole installation. */
export function WebhooksPage() {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const [scope, setScope] = useState<WebhookScope>('property');
  const calls = useMemo(() => webhookCalls(scope, property.id), [scope, property.id]);
  return (
    <DevelopersFrame>
      <div className={things.things}>
        {can('installation.owner') && (
          <OneOf
            label={t('scope')}
            value={scope}
            choices={(['property', 'installation'] as const).map((value) => ({ value, label: t(`scopes.${value}`) }))}
            onChange={setScope}
          />
        )}
        <Webhooks key={scope} calls={calls} />
      </div>
    </DevelopersFrame>
  );
}

function Webhooks({ calls }: { readonly calls: WebhookCalls }) {
  const t = useTexts(texts);
  const { can } = useSession();
  const [adds, setAdds] = useState(false);
  const listed = useQuery({ queryKey: calls.key, queryFn: () => calls.list() });
  useFreshDeliveries(calls.key, []);
  const mayWrite = can(calls.key[2] === 'installation' ? 'installation.owner' : 'webhooks.write');
  return (
    <>
      <div className={classes.intro}>
        <p className={classes.grow}>{t('about')}</p>
        {mayWrite && !adds && (
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setAdds(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {adds && <NewWebhook calls={calls} onDone={() => setAdds(false)} />}
      {listed.error !== null && <Failure error={listed.error} onAgain={() => void listed.refetch()} />}
      {listed.data === undefined && listed.error === null && <Bones />}
      {listed.data?.length === 0 && !adds && (
        <Panel>
          <Empty title={t('empty')}>
            <p>{t('emptyAdvice')}</p>
          </Empty>
        </Panel>
      )}
      {listed.data?.map((webhook) => (
        <WebhookPanel key={webhook.id} webhook={webhook} calls={calls} />
      ))}
    </>
  );
}

function NewWebhook({ calls, onDone }: { readonly calls: WebhookCalls; onDone(): void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [made, setMade] = useState<Awaited<ReturnType<WebhookCalls['create']>> | null>(null);
  if (made !== null)
    return (
      <Panel>
        <ShownSecret title={t('made', { url: isolated(made.url) })} secret={made.secret} onKept={onDone}>
          <p>{t('secretUse')}</p>
        </ShownSecret>
      </Panel>
    );
  return (
    <Panel title={t('add')}>
      <WebhookForm
        first={{ url: '', types: null }}
        word={t('make')}
        save={async (filled) => {
          setMade(await calls.create(filled));
          await client.invalidateQueries({ queryKey: calls.key });
        }}
        onDone={onDone}
      />
    </Panel>
  );
}
