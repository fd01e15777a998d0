import type { IconName } from '../icon/icon.tsx';
import type { Right } from '../session/myself.ts';
import type * as texts from './texts.ts';

/** A place of the navigation, and the right without which it isn't there. */
export interface NavigationPlace {
  readonly to: string;
  readonly name: Exclude<keyof typeof texts.english, 'zone' | 'lostSince'>;
  readonly icon: IconName;
  readonly right: Right;
}

/** The way back to the set-up, until it is done. */
export const THE_SET_UP: NavigationPlace = { to: '/set-up', name: 'setUp', icon: 'flag', right: 'rooms.write' };

/** What everybody at a desk needs, first. */
export const AT_THE_DESK: readonly NavigationPlace[] = [
  { to: '/desk', name: 'desk', icon: 'rack', right: 'cards.read' },
  { to: '/desk/read', name: 'read', icon: 'read', right: 'operations.write' },
  { to: '/operations', name: 'operations', icon: 'operations', right: 'operations.read' },
];

/** What administrators and auditors look after. */
export const THE_HOUSE: readonly NavigationPlace[] = [
  { to: '/dashboard', name: 'dashboard', icon: 'chart', right: 'audit.read' },
  { to: '/house', name: 'house', icon: 'house', right: 'lockKeys.read' },
  { to: '/members', name: 'members', icon: 'people', right: 'members.read' },
  { to: '/front-desks', name: 'frontDesks', icon: 'desk', right: 'agents.read' },
  { to: '/developers', name: 'developers', icon: 'code', right: 'accounts.read' },
  { to: '/audit', name: 'audit', icon: 'shield', right: 'audit.read' },
  { to: '/property', name: 'property', icon: 'settings', right: 'properties.write' },
];

/** The right without which nobody is shown what is at this address; null where everybody who is signed in is. */
export function rightAt(path: string): Right | null {
  const isWithin = ({ to }: NavigationPlace) => path === to || path.startsWith(`${to}/`);
  const places = [...AT_THE_DESK, ...THE_HOUSE].filter(isWithin);
  return places.toSorted((a, b) => b.to.length - a.to.length)[0]?.right ?? null;
}
