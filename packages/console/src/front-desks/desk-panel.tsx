import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import type { Encoder } from '../encoder/encoders.ts';
import { Icon } from '../icon/icon.tsx';
import { Sure } from '../page/sure.tsx';
import things from '../page/thing.module.css';
import { Thing } from '../page/thing.tsx';
import { useSession } from '../session/session.tsx';
import { Chip } from '../state/chip.tsx';
import { Presence } from '../state/presence.tsx';
import { isolated } from '../texts/isolated.ts';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { Attention } from './attention.tsx';
import type { Desk } from './desk-queries.ts';
import { concernsOf, endsWith } from './desk-state.ts';
import { EncoderRow } from './encoder-row.tsx';
import classes from './front-desks.module.css';
import { NameForm } from './name-form.tsx';
import * as texts from './texts.ts';

/** A front desk with its encoders: who it is, whether it is there, what a person should know, and what can be done. */
export function DeskPanel(props: {
  readonly desk: Desk;
  readonly encoders: readonly Encoder[];
  onPairAnew(desk: Desk): void;
}) {
  const t = useTexts(texts);
  const signs = useSigns();
  const { desk, encoders } = props;
  const { can, property } = useSession();
  const [doing, setDoing] = useState<'rename' | 'revoke' | 'forget' | null>(null);
  const done = () => setDoing(null);
  const at = { property: property.id, agent: desk.id };
  const mayWrite = can('agents.write');
  const concerns = concernsOf(desk);
  const ends = endsWith(encoders);
  const name = isolated(desk.name);
  return (
    <Thing
      kind="desk"
      id={desk.id}
      name={desk.name}
      line={<DeskLine desk={desk} />}
      end={
        <>
          <DeskState desk={desk} />
          {mayWrite && (
            <Menu position="bottom-end" width={240}>
              <Menu.Target>
                <ActionIcon variant="subtle" color="calm" aria-label={t('moreOf', { name })}>
                  <Icon name="more" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {desk.state === 'revoked' ? (
                  <Menu.Item color="bad" onClick={() => setDoing('forget')}>
                    {t('forget')}
                  </Menu.Item>
                ) : (
                  <>
                    <Menu.Item onClick={() => setDoing('rename')}>{t('rename')}</Menu.Item>
                    <Menu.Item onClick={() => props.onPairAnew(desk)}>{t('pairAnew')}</Menu.Item>
                    <Menu.Item color="bad" onClick={() => setDoing('revoke')}>
                      {t('revoke')}
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
      body={
        concerns.length > 0 || doing !== null ? (
          <>
            {doing === 'rename' && (
              <NameForm
                label={t('newName', { name })}
                name={desk.name}
                own={desk.computer}
                save={(given) => keyrack.agents.change({ ...at, name: given })}
                onDone={done}
              />
            )}
            {doing === 'revoke' && (
              <Sure what={t('revokeNow')} leave={t('leave')} act={() => keyrack.agents.revoke(at)} onDone={done}>
                <b>{t('revokeSure', { name })}</b>
                <ul className={classes.ends}>
                  <li>{t('revokeEnds.connection')}</li>
                  <li>{t('revokeEnds.signedIn')}</li>
                  {ends.waiting > 0 && <li>{t('revokeEnds.waiting', { count: ends.waiting })}</li>}
                  {ends.writing > 0 && <li>{t('revokeEnds.writing', { count: ends.writing })}</li>}
                  {encoders.length > 0 && (
                    <li>
                      {t('revokeEnds.encoders', {
                        names: encoders.map((each) => isolated(each.name)).join(signs.comma),
                      })}
                    </li>
                  )}
                  <li>{t('revokeEnds.stays')}</li>
                </ul>
              </Sure>
            )}
            {doing === 'forget' && (
              <Sure what={t('forgetNow')} leave={t('leave')} act={() => keyrack.agents.forget(at)} onDone={done}>
                <Sentences>
                  <b>{t('forgetSure', { name })}</b>
                  {t('forgetEnds')}
                </Sentences>
              </Sure>
            )}
            {concerns.map((concern) => (
              <Attention
                key={`${concern.kind} ${concern.kind === 'disputed' ? concern.encoder : ''}`}
                concern={concern}
                onPairAnew={mayWrite ? () => props.onPairAnew(desk) : null}
              />
            ))}
          </>
        ) : null
      }
    >
      {encoders.length > 0 ? (
        <ul className={classes.encoders}>
          {encoders.map((encoder) => (
            <EncoderRow key={encoder.id} encoder={encoder} />
          ))}
        </ul>
      ) : (
        desk.state !== 'revoked' && <p className={classes.none}>{t('noEncoderHere')}</p>
      )}
    </Thing>
  );
}

/** Its computer and its program, in a line. */
function DeskLine({ desk }: { readonly desk: Desk }) {
  const t = useTexts(texts);
  const parts = [
    desk.computer !== desk.name && <bdi key="computer">{desk.computer}</bdi>,
    desk.version !== null && <bdi key="version">{desk.version}</bdi>,
  ].filter((part) => part !== false);
  return (
    <p className={things.small}>
      {parts.length === 0 ? t('neverConnected') : parts.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))}
    </p>
  );
}

function DeskState({ desk }: { readonly desk: Desk }) {
  const t = useTexts(texts);
  const times = useTimes();
  switch (desk.state) {
    case 'revoked':
      return (
        <Chip meaning="calm" icon="no">
          {t('states.revoked')}
        </Chip>
      );
    case 'suspended':
      return (
        <Chip meaning="bad" icon="alert">
          {t('states.suspended')}
        </Chip>
      );
    case 'active':
      return (
        <Presence there={desk.connected}>
          {desk.connected
            ? t('states.connected')
            : desk.lastSeenAt === null
              ? t('states.never')
              : t('states.away', { time: times.short(desk.lastSeenAt) })}
        </Presence>
      );
  }
}
