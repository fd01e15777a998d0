import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon/icon.tsx';
import type { Meaning } from '../theme/meanings.ts';
import classes from './state.module.css';

const ICONS: Readonly<Record<Meaning, IconName>> = {
  accent: 'now',
  good: 'ok',
  warn: 'alert',
  bad: 'alert',
  lost: 'question',
  calm: 'now',
};

/** What is true and what to do, in the place that it concerns. `live` is read out when it appears. */
export function Note(props: {
  readonly meaning: Meaning;
  readonly icon?: IconName;
  readonly live?: 'status' | 'alert';
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.note} data-meaning={props.meaning} {...(props.live && { role: props.live })}>
      <Icon name={props.icon ?? ICONS[props.meaning]} />
      <div className={classes.text}>{props.children}</div>
    </div>
  );
}
