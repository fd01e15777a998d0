import { Button, Menu } from '@mantine/core';
import { Icon } from '../icon/icon.tsx';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { useTexts } from '../texts/texts.ts';
import { useEncoder } from './chosen-encoder.ts';
import classes from './encoder-bar.module.css';
import { encoderState, inOrderOfUse, isUsable } from './encoder-state.ts';
import type { Encoder } from './encoders.ts';
import * as texts from './texts.ts';

/** Where cards are made, on top of the column: what it is called, whether it is there, and the way to another one. */
export function EncoderBar() {
  const t = useTexts(texts);
  const { encoder, encoders, error } = useEncoder();
  if (encoders === undefined) return error ? <Failure error={error} /> : <Bones rows={1} />;
  return (
    <section className={classes.bar} aria-label={t('label')}>
      <span className={classes.picture}>
        <Icon name="encoder" size={20} />
        {encoder && <i className={classes.dot} data-there={isUsable(encoder)} aria-hidden="true" />}
      </span>
      <span className={classes.grow}>
        {encoder ? (
          <>
            <b>
              <bdi>{encoder.name}</bdi>
            </b>
            <EncoderLine encoder={encoder} />
          </>
        ) : (
          <>
            <b>{t(encoders.length === 0 ? 'none' : 'choose')}</b>
            <span className={classes.small}>{t(encoders.length === 0 ? 'noneWhy' : 'remembered')}</span>
          </>
        )}
      </span>
      {encoders.length > 1 && <EncoderMenu />}
    </section>
  );
}

/** Its front desk and its state, in a line. */
export function EncoderLine({ encoder }: { readonly encoder: Encoder }) {
  const t = useTexts(texts);
  const state = encoderState(encoder);
  return (
    <span className={classes.small} data-trouble={!isUsable(encoder)}>
      {encoder.agent && (
        <>
          <bdi>{encoder.agent.name}</bdi>
          {' · '}
        </>
      )}
      {state.kind === 'busy' ? t('busy', { waiting: state.waiting }) : t(state.kind)}
      {encoder.simulated && ` · ${t('simulated')}`}
    </span>
  );
}

/** Chooses another one. */
export function EncoderMenu() {
  const t = useTexts(texts);
  const { encoder, encoders = [], choose } = useEncoder();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button size="xs" rightSection={<Icon name="down" size={14} />}>
          {t(encoder ? 'change' : 'chooseOne')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {inOrderOfUse(encoders).map((each) => (
          <Menu.Item
            key={each.id}
            aria-current={each.id === encoder?.id}
            rightSection={each.id === encoder?.id ? <Icon name="ok" /> : null}
            onClick={() => choose(each.id)}
          >
            <span className={classes.option}>
              <bdi>{each.name}</bdi>
              <EncoderLine encoder={each} />
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
