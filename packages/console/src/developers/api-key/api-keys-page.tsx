import type { Answer } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { Icon } from '../../icon/icon.tsx';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { Empty, Hidden, Panel } from '../../page/page.tsx';
import { Sure } from '../../page/sure.tsx';
import things from '../../page/thing.module.css';
import { Thing } from '../../page/thing.tsx';
import { useSession } from '../../session/session.tsx';
import { Chip } from '../../state/chip.tsx';
import { isolated } from '../../texts/isolated.ts';
import { Sentences } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTimes } from '../../time/times.ts';
import { useMinute } from '../../time/use-minute.ts';
import classes from '../developers.module.css';
import { DevelopersFrame } from '../developers-frame.tsx';
import { NewKey } from './new-key.tsx';
import { keyState } from './scopes.ts';
import * as texts from './texts.ts';

type ApiKey = Answer<'getApiKey'>;

const keysOf = (property: string) =>
  queryOptions({
    queryKey: ['api-keys', property],
    queryFn: async () => {
      const keys = await keyrack.apiKeys.list({ limit: 200 }).toArray();
      return keys.filter(({ properties }) => properties === 'all' || properties.includes(property));
    },
  });

/** The keys of programs that act at this property: what each may do, when it was used, and its end. */
export function ApiKeysPage() {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const now = useMinute();
  const [adds, setAdds] = useState(false);
  const [showsEnded, setShowsEnded] = useState(false);
  const keys = useQuery(keysOf(property.id));
  const mayWrite = can('apiKeys.write');
  const working = keys.data?.filter((key) => keyState(key, now) === 'works') ?? [];
  const ended = keys.data?.filter((key) => keyState(key, now) !== 'works') ?? [];
  return (
    <DevelopersFrame>
      <div className={things.things}>
        <div className={classes.intro}>
          <p className={classes.grow}>{t('about')}</p>
          {mayWrite && !adds && (
            <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setAdds(true)}>
              {t('add')}
            </Button>
          )}
        </div>
        {adds && <NewKey onDone={() => setAdds(false)} />}
        {keys.error !== null && <Failure error={keys.error} onAgain={() => void keys.refetch()} />}
        {keys.data === undefined && keys.error === null && <Bones />}
        {keys.data !== undefined && working.length === 0 && !adds && (
          <Panel>
            <Empty title={t('empty')}>
              <p>{t('emptyAdvice')}</p>
            </Empty>
          </Panel>
        )}
        {working.length > 0 && <Keys keys={working} now={now} />}
        {ended.length > 0 && (
          <p className={classes.intro}>
            {t('ended', { count: ended.length })}
            <Button size="xs" aria-expanded={showsEnded} onClick={() => setShowsEnded(!showsEnded)}>
              {t(showsEnded ? 'hideEnded' : 'showEnded')}
            </Button>
          </p>
        )}
        {showsEnded && <Keys keys={ended} now={now} />}
      </div>
    </DevelopersFrame>
  );
}

function Keys({ keys, now }: { readonly keys: readonly ApiKey[]; readonly now: number }) {
  return (
    <div className={things.things}>
      {keys.map((key) => (
        <Key key={key.id} apiKey={key} now={now} />
      ))}
    </div>
  );
}

function Key({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: number }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { can, property } = useSession();
  const client = useQueryClient();
  const [revokes, setRevokes] = useState(false);
  const state = keyState(apiKey, now);
  const { properties } = apiKey;
  return (
    <Thing
      kind="key"
      id={apiKey.id}
      name={apiKey.name}
      line={<p className={things.mono}>{apiKey.prefix}…</p>}
      end={
        <>
          <span className={things.chips}>
            {apiKey.owner && <Chip meaning="warn">{t('owner')}</Chip>}
            <Chip meaning={state === 'works' ? 'good' : 'calm'} icon={state === 'works' ? 'ok' : 'no'}>
              {t(`state.${state}`)}
            </Chip>
          </span>
          {can('apiKeys.write') && state === 'works' && !apiKey.owner && (
            <Button size="xs" color="bad" onClick={() => setRevokes(true)}>
              {t('revoke')}
              <Hidden> {isolated(apiKey.name)}</Hidden>
            </Button>
          )}
        </>
      }
      body={
        <>
          <dl className={classes.facts}>
            <dt>{t('may')}</dt>
            <dd>{apiKey.owner ? t('ownerWhy') : apiKey.scopes.map((scope) => t(`scope.${scope}`)).join(' · ')}</dd>
            <dt>{t('where')}</dt>
            <dd>
              {properties === 'all'
                ? t('acts.all')
                : properties.length === 1 && properties[0] === property.id
                  ? t('acts.here')
                  : t('acts.several', { count: properties.length })}
            </dd>
            <dt>{t('used')}</dt>
            <dd>{apiKey.lastUsedAt === null ? t('never') : times.dayAndClock(apiKey.lastUsedAt)}</dd>
            <dt>{t('ends')}</dt>
            <dd>{apiKey.expiresAt === null ? t('noEnd') : times.dayAndClock(apiKey.expiresAt)}</dd>
          </dl>
          {revokes && (
            <Sure
              what={t('revoke')}
              leave={t('leave')}
              act={async () => {
                await keyrack.apiKeys.revoke({ apiKey: apiKey.id });
                await client.invalidateQueries({ queryKey: ['api-keys'] });
              }}
              onDone={() => setRevokes(false)}
            >
              <Sentences>
                <b>{t('revokeSure', { name: isolated(apiKey.name) })}</b>
                {t('revokeEnds')}
              </Sentences>
            </Sure>
          )}
        </>
      }
    />
  );
}
