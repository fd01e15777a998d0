import { Link, useRouterState } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { useLiveState } from '../live/live.tsx';
import { useSession } from '../session/session.tsx';
import { useSetUpShown } from '../set-up/use-set-up-shown.ts';
import { Presence } from '../state/presence.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import { useMinute } from '../time/use-minute.ts';
import { MoreMenu } from './more-menu.tsx';
import { MyMenu } from './my-menu.tsx';
import { AT_THE_DESK, type NavigationPlace, THE_HOUSE, THE_SET_UP } from './places.ts';
import { PropertyMenu } from './property-menu.tsx';
import classes from './shell.module.css';
import * as texts from './texts.ts';

/** Places that the bar of a telephone has room for, besides *More* and oneself. */
const BAR_PLACES = 3;

/** Where one can go, as far as the role allows. */
export function Navigation() {
  const t = useTexts(texts);
  const { can } = useSession();
  const allowed = (places: readonly NavigationPlace[]) => places.filter(({ right }) => can(right));
  const desk = allowed(AT_THE_DESK);
  const house = allowed(THE_HOUSE);
  // Rooms are opened within the rack; a card is read beside it.
  const isReading = useRouterState({ select: ({ location }) => location.pathname.startsWith('/desk/read') });
  const setUp = useSetUpShown() ? [THE_SET_UP] : [];
  const inBar = desk.length > 0 ? desk : house;
  // A telephone has room for one of the lists, and keeps the others behind More.
  const list = (places: readonly NavigationPlace[], isBar = false) => (
    <ul data-bar={isBar}>
      {places.map(({ to, name, icon }) => (
        <li key={to}>
          <Link
            to={to}
            title={t(name)}
            activeOptions={{ exact: to === '/desk' && isReading }}
            activeProps={{ 'aria-current': 'page' }}
          >
            <Icon name={icon} />
            <span>{t(name)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <nav className={classes.navigation} aria-label={t('places')}>
      <PropertyMenu />
      {setUp.length > 0 && list(setUp)}
      {list(desk, desk.length > 0)}
      {house.length > 0 && (
        <>
          <p className={classes.group}>{t('theHouse')}</p>
          {list(house, desk.length === 0)}
        </>
      )}
      <MoreMenu places={[...setUp, ...desk, ...house].filter((place) => !inBar.slice(0, BAR_PLACES).includes(place))} />
      <div className={classes.foot}>
        <Clock />
        <MyMenu />
      </div>
    </nav>
  );
}

function Clock() {
  const t = useTexts(texts);
  const times = useTimes();
  const now = useMinute();
  const live = useLiveState();
  const zone = times.timeZone.slice(times.timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return (
    <>
      <p className={classes.clock}>
        <b>{times.clock(now)}</b>
        <span>{t('zone', { day: times.day(now), zone })}</span>
      </p>
      <p className={classes.liveNow}>
        <Presence there={live.kind === 'live'}>
          {t(live.kind === 'live' ? 'live' : live.kind === 'lost' ? 'lost' : 'connecting')}
        </Presence>
      </p>
    </>
  );
}
