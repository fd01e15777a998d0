import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import type { Encoder } from '../encoder/encoders.ts';
import { Icon } from '../icon/icon.tsx';
import { Failure } from '../page/failure.tsx';
import { Hidden } from '../page/page.tsx';
import { Sure } from '../page/sure.tsx';
import things from '../page/thing.module.css';
import { useSession } from '../session/session.tsx';
import { Chip } from '../state/chip.tsx';
import { Note } from '../state/note.tsx';
import { isolated } from '../texts/isolated.ts';
import { Sentences, useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { isReady } from './desk-state.ts';
import { EncoderTest } from './encoder-test.tsx';
import classes from './front-desks.module.css';
import { NameForm } from './name-form.tsx';
import * as texts from './texts.ts';

/** An encoder at its front desk: whether it works, what waits there, and what can be done with it. */
export function EncoderRow({ encoder }: { readonly encoder: Encoder }) {
  const t = useTexts(texts);
  const signs = useSigns();
  const { can, mayIssue, property } = useSession();
  const [doing, setDoing] = useState<'rename' | 'forget' | 'test' | null>(null);
  const done = () => setDoing(null);
  const at = { property: property.id, encoder: String(encoder.id) };
  const marking = useMutation({
    mutationFn: (forSignedIn: boolean | null) => keyrack.encoders.change({ ...at, forSignedIn }),
  });
  const mayWrite = can('encoders.write');
  const isAtDesk = encoder.agent !== null;
  const mayForget = encoder.presence === 'at-no-desk' || encoder.presence === 'unplugged';
  const name = isolated(encoder.name);
  return (
    <li className={classes.encoder} data-encoder={encoder.id}>
      <div className={classes.encoderHead}>
        <i className={classes.dot} data-there={isReady(encoder)} aria-hidden="true" />
        <div className={classes.grow}>
          <b>
            <bdi>{encoder.name}</bdi>
          </b>{' '}
          <span className={things.mono}>{encoder.mac}</span>
          <p className={things.small}>
            <EncoderLine encoder={encoder} />
          </p>
        </div>
        <span className={things.chips}>
          {encoder.simulated && <Chip meaning="calm">{t('simulated')}</Chip>}
          {encoder.forSignedIn && <Chip meaning="accent">{t('forSignedIn')}</Chip>}
          {encoder.disputed && (
            <Chip meaning="bad" icon="alert">
              {t('disputed')}
            </Chip>
          )}
        </span>
        {mayIssue && isReady(encoder) && doing !== 'test' && (
          <Button size="xs" onClick={() => setDoing('test')}>
            {t('test')}
            <Hidden> {name}</Hidden>
          </Button>
        )}
        {mayWrite && (
          <Menu position="bottom-end" width={300}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="calm" aria-label={t('moreOf', { name })}>
                <Icon name="more" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setDoing('rename')}>{t('rename')}</Menu.Item>
              {isAtDesk && encoder.chosen !== true && (
                <Menu.Item onClick={() => marking.mutate(true)}>{t('mark')}</Menu.Item>
              )}
              {isAtDesk && encoder.forSignedIn && (
                <Menu.Item onClick={() => marking.mutate(false)}>{t('unmark')}</Menu.Item>
              )}
              {isAtDesk && encoder.chosen !== null && (
                <Menu.Item onClick={() => marking.mutate(null)}>{t('markAsTold')}</Menu.Item>
              )}
              {mayForget && (
                <Menu.Item color="bad" onClick={() => setDoing('forget')}>
                  {t('forget')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {marking.error !== null && <Failure error={marking.error} />}
      {doing === 'rename' && (
        <NameForm
          label={t('newName', { name })}
          name={encoder.name}
          own={encoder.toldName}
          save={(given) => keyrack.encoders.change({ ...at, name: given })}
          onDone={done}
        />
      )}
      {doing === 'forget' && (
        <Sure what={t('forgetNow')} leave={t('leave')} act={() => keyrack.encoders.forget(at)} onDone={done}>
          <Sentences>
            <b>{t('forgetSure', { name })}</b>
            {t('forgetEncoderEnds')}
          </Sentences>
        </Sure>
      )}
      {doing === 'test' && <EncoderTest encoder={encoder} onDone={done} />}
      {encoder.disputed && (
        <Note meaning="bad">
          {t('disputedWith', { others: encoder.others.map((each) => isolated(each.name)).join(signs.comma) })}
        </Note>
      )}
    </li>
  );
}

/** What is true of it now, in a line. */
function EncoderLine({ encoder }: { readonly encoder: Encoder }) {
  const t = useTexts(texts);
  const told = encoder.toldName !== encoder.name && (
    <>
      <bdi>{encoder.toldName}</bdi>
      {' · '}
    </>
  );
  const writing = encoder.queue.some(({ state }) => state === 'granted');
  const waiting = encoder.queue.length - (writing ? 1 : 0);
  return (
    <>
      {told}
      {t(`presence.${encoder.presence}`)}
      {writing && ` · ${t('writing')}`}
      {waiting > 0 && ` · ${t('waiting', { count: waiting })}`}
    </>
  );
}
