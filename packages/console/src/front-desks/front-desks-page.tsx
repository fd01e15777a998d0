import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Encoder, encodersOf } from '../encoder/encoders.ts';
import { useLiveNews } from '../live/live.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { Columns, Empty, Page, Panel } from '../page/page.tsx';
import things from '../page/thing.module.css';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { useTexts } from '../texts/texts.ts';
import { DeskPanel } from './desk-panel.tsx';
import { type Desk, desksOf } from './desk-queries.ts';
import { inOrder, isReady } from './desk-state.ts';
import { EncoderRow } from './encoder-row.tsx';
import classes from './front-desks.module.css';
import { Pairing } from './pairing/pairing.tsx';
import * as texts from './texts.ts';

/** The computers that encoders are plugged into: whether they are there, what waits, and what a person has to do. */
export function FrontDesksPage() {
  const t = useTexts(texts);
  const { can, property } = useSession();
  const client = useQueryClient();
  const desks = useQuery(desksOf(property.id));
  const encoders = useQuery(encodersOf(property.id));
  // What waits at an encoder changes with every operation.
  useLiveNews((news) => {
    if ('operations' in news) void client.invalidateQueries({ queryKey: ['encoders', property.id] });
  });
  const [replaces, setReplaces] = useState<Desk | null>(null);
  const side = useRef<HTMLDivElement>(null);
  const pairAnew = (desk: Desk) => {
    setReplaces(desk);
    requestAnimationFrame(() => {
      side.current?.scrollIntoView({ block: 'nearest' });
      // Not what stands first there, which would take the choice back.
      side.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    });
  };
  const known = desks.data !== undefined && encoders.data !== undefined;
  const working = inOrder(desks.data ?? []).working;
  const about = known
    ? t('about', {
        desks: working.length,
        encoders: encoders.data.length,
        ready: encoders.data.filter(isReady).length,
      })
    : undefined;
  return (
    <Page title={t('title')} about={about}>
      <Columns>
        <div className={things.things}>
          {desks.error !== null && <Failure error={desks.error} onAgain={() => void desks.refetch()} />}
          {encoders.error !== null && <Failure error={encoders.error} onAgain={() => void encoders.refetch()} />}
          {known ? (
            <Desks desks={desks.data} encoders={encoders.data} onPairAnew={pairAnew} />
          ) : (
            desks.error === null && encoders.error === null && <Bones />
          )}
        </div>
        {can('agents.write') && (
          <div ref={side}>
            <Panel
              title={replaces === null ? t('pair') : t('pairAnewTitle', { name: isolated(replaces.name) })}
              end={
                replaces !== null && (
                  <Button size="xs" variant="subtle" onClick={() => setReplaces(null)}>
                    {t('pairNew')}
                  </Button>
                )
              }
            >
              <Pairing key={replaces?.id ?? 'new'} replaces={replaces} />
            </Panel>
          </div>
        )}
      </Columns>
    </Page>
  );
}

function Desks(props: {
  readonly desks: readonly Desk[];
  readonly encoders: readonly Encoder[];
  onPairAnew(desk: Desk): void;
}) {
  const t = useTexts(texts);
  const { can, mayIssue, member } = useSession();
  const [showsRevoked, setShowsRevoked] = useState(false);
  const { working, revoked } = inOrder(props.desks);
  const encodersAt = (desk: Desk) => props.encoders.filter(({ agent }) => agent?.id === desk.id);
  const astray = props.encoders.filter(({ agent }) => agent === null || !props.desks.some(({ id }) => id === agent.id));
  const panel = (desk: Desk) => (
    <DeskPanel key={desk.id} desk={desk} encoders={encodersAt(desk)} onPairAnew={props.onPairAnew} />
  );
  return (
    <>
      {working.length === 0 && (
        <Panel>
          <Empty title={t('empty')}>
            <p>{t(can('agents.write') ? 'emptyAdvice' : 'emptyNoRight')}</p>
          </Empty>
        </Panel>
      )}
      {can('agents.write') && !mayIssue && props.encoders.some(isReady) && (
        <Note meaning="calm">{t(member === null ? 'testNeedsMember' : 'testNeedsPermission')}</Note>
      )}
      {working.map(panel)}
      {astray.length > 0 && (
        <Panel title={t('atNoDesk')} flush>
          <p className={classes.none}>{t('atNoDeskAbout')}</p>
          <ul className={classes.encoders}>
            {astray.map((encoder) => (
              <EncoderRow key={encoder.id} encoder={encoder} />
            ))}
          </ul>
        </Panel>
      )}
      {revoked.length > 0 && (
        <p className={classes.apart}>
          {t('revokedAbout', { count: revoked.length })}
          <Button size="xs" aria-expanded={showsRevoked} onClick={() => setShowsRevoked(!showsRevoked)}>
            {t(showsRevoked ? 'hideRevoked' : 'showRevoked')}
          </Button>
        </p>
      )}
      {showsRevoked && revoked.map(panel)}
    </>
  );
}
