import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon/icon.tsx';
import type { Meaning } from '../theme/meanings.ts';
import classes from './state.module.css';

/** A state in a word, with a shape: never by colour alone. */
export function Chip(props: { readonly meaning: Meaning; readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <span className={classes.chip} data-meaning={props.meaning}>
      {props.icon && <Icon name={props.icon} size={12} />}
      {props.children}
    </span>
  );
}
