import { Outlet, useRouterState } from '@tanstack/react-router';
import { useLiveState } from '../live/live.tsx';
import { NewerConsole } from '../newer/newer-console.tsx';
import { NotAllowed } from '../session/not-allowed.tsx';
import { useSession } from '../session/session.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { Navigation } from './navigation.tsx';
import { rightAt } from './places.ts';
import classes from './shell.module.css';
import * as texts from './texts.ts';

/** The frame of every page for somebody who is signed in. */
export function Shell() {
  const t = useTexts(texts);
  const times = useTimes();
  const live = useLiveState();
  const { can } = useSession();
  // Of the page that is shown, and not of the one that is on its way.
  const right = useRouterState({ select: ({ matches }) => rightAt(matches.at(-1)?.pathname ?? '') });
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <Navigation />
      <div className={classes.content} data-stale={live.kind === 'lost'}>
        {live.kind === 'lost' && (
          <div className={classes.banner}>
            <Note meaning="warn" live="status">
              {t('lostSince', { time: times.seconds(live.since) })}
            </Note>
          </div>
        )}
        <div className={classes.banner}>
          <NewerConsole />
        </div>
        {right === null || can(right) ? <Outlet /> : <NotAllowed />}
      </div>
    </div>
  );
}
