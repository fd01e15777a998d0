import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

/** A page below its title: one `h1`, what it is for in a sentence, and its actions. */
export function Page(props: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title } = props;
  useTitle(title);
  return (
    <main className={classes.page} id="main">
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          {props.about && <p>{props.about}</p>}
        </div>
        {props.actions && <div className={classes.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </main>
  );
}

/** The title of the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Keyrack`;
  }, [title]);
}

/** Columns side by side from 1,181 pixels on: the wide one first, then what belongs to it. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}

/** A white area with a heading. */
export function Panel(props: {
  readonly title?: ReactNode;
  readonly end?: ReactNode;
  /** Without space around what is in it, as a table wants it. */
  readonly flush?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.panel} aria-label={props.label}>
      {(props.title || props.end) && (
        <div className={classes.panelHead}>
          {props.title && <h2>{props.title}</h2>}
          {props.end && <div className={classes.end}>{props.end}</div>}
        </div>
      )}
      <div className={props.flush ? classes.flush : classes.body}>{props.children}</div>
    </section>
  );
}

/** Where nothing is yet: what is true, and the one thing to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {children}
    </div>
  );
}

/** For screen readers alone. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <span className={classes.hidden}>{children}</span>;
}
