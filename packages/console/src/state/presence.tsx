import type { ReactNode } from 'react';
import classes from './state.module.css';

/** Whether something is there: a full dot, or a ring, with its word. */
export function Presence({ there, children }: { readonly there: boolean; readonly children: ReactNode }) {
  return (
    <span className={classes.presence}>
      <i className={classes.dot} data-there={there} aria-hidden="true" />
      {children}
    </span>
  );
}
