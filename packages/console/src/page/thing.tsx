import type { ReactNode } from 'react';
import classes from './thing.module.css';

/** One of several of a kind, such as a front desk or an API key: its name, its state, and what is said of it and done with it. */
export function Thing(props: {
  /** What kind it is, which its id is unique within. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** Below its name. */
  readonly line?: ReactNode;
  /** Beside its name. */
  readonly end?: ReactNode;
  /** Null where nothing is said of it. */
  readonly body: ReactNode;
  /** Below all of it, up to its edges. */
  readonly children?: ReactNode;
}) {
  const { kind, id, line, end, body } = props;
  const heading = `${kind}-${id}`;
  return (
    <section className={classes.thing} aria-labelledby={heading} {...{ [`data-${kind}`]: id }}>
      <header className={classes.head}>
        <div className={classes.grow}>
          <h2 id={heading}>
            <bdi>{props.name}</bdi>
          </h2>
          {line}
        </div>
        {end}
      </header>
      {body !== null && <div className={classes.body}>{body}</div>}
      {props.children}
    </section>
  );
}
