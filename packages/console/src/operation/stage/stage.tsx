import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../icon/icon.tsx';
import { useKeptFocus } from '../../page/use-kept-focus.ts';
import type { Meaning } from '../../theme/meanings.ts';
import { Picture } from './picture.tsx';
import classes from './stage.module.css';
import type { Step } from './step.ts';

const MEANINGS: Readonly<Record<Step['kind'], Meaning>> = {
  away: 'warn',
  held: 'warn',
  blind: 'warn',
  preparing: 'calm',
  queued: 'calm',
  put: 'accent',
  writing: 'accent',
  between: 'accent',
  done: 'good',
  stopped: 'warn',
  withdrawn: 'calm',
  failed: 'warn',
  damaged: 'bad',
  unknown: 'lost',
  'written-off': 'lost',
};

/** What happens at the encoder, always in the same four rows: a picture, one sentence of ask, one of why, one line below. */
export function Stage(props: {
  readonly kind: Step['kind'];
  readonly ask: string;
  readonly why: ReactNode;
  /** Why the card that lies there won't do. */
  readonly trouble?: string | null;
  readonly children?: ReactNode;
}) {
  const section = useRef<HTMLElement>(null);
  // Where the form was, this is: the focus stays in its place, and an Enter that is still held presses nothing.
  useEffect(() => section.current?.focus({ preventScroll: true }), []);
  useKeptFocus(section, props.kind);
  return (
    <section
      ref={section}
      className={classes.stage}
      data-meaning={MEANINGS[props.kind]}
      data-step={props.kind}
      tabIndex={-1}
    >
      <div className={classes.picture}>
        <Picture kind={props.kind} />
      </div>
      <div role="status">
        <p className={classes.ask}>{props.ask}</p>
        <p className={classes.why}>{props.why}</p>
        {props.trouble && (
          <p className={classes.trouble}>
            <Icon name="alert" />
            <span>{props.trouble}</span>
          </p>
        )}
      </div>
      <div className={classes.line}>{props.children}</div>
    </section>
  );
}
