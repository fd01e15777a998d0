import { useSession } from '../session/session.tsx';
import { type Language, useLanguage } from '../texts/language.tsx';
import { serverNow } from './server-clock.ts';

/** What a page tells times by: the clock of the property, never of the browser. Takes RFC 3339 or Unix milliseconds. */
export interface Times {
  readonly timeZone: string;
  /** `09:41` */
  clock(at: string | number): string;
  /** `09:41:07`, in live operations and timelines alone. */
  seconds(at: string | number): string;
  /** `Fri 27 Nov` */
  day(at: string | number): string;
  /** `Fri 27 Nov 12:00`; with the year where it is another one than now. */
  dayAndClock(at: string | number): string;
  /** `12:00` for today, `Fri 12:00` within six days, else the day. */
  short(at: string | number, now?: number): string;
  /** Whether it is on the property's day of `now`. */
  isToday(at: string | number, now?: number): boolean;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const known = new Map<string, Times>();

/** The same for the same: formatters cost much, and a rack has a thousand rooms that tell times. */
export function timesOf(language: Language, timeZone: string): Times {
  const name = `${language} ${timeZone}`;
  const times = known.get(name) ?? makeTimes(language, timeZone);
  known.set(name, times);
  return times;
}

function makeTimes(language: Language, timeZone: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(LOCALES[language], { timeZone, hourCycle: 'h23', ...options });
    return (at: string | number) => formatter.format(typeof at === 'number' ? at : Date.parse(at)).replace(',', '');
  };
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayWithYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = format({ weekday: 'short' });
  const date = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const year = format({ year: 'numeric' });
  const msOf = (at: string | number) => (typeof at === 'number' ? at : Date.parse(at));
  const isToday = (at: string | number, now = serverNow()) => date(at) === date(now);
  const dayOf = (at: string | number) => (year(at) === year(serverNow()) ? day(at) : dayWithYear(at));
  return {
    timeZone,
    clock,
    seconds,
    day: dayOf,
    dayAndClock: (at) => `${dayOf(at)} ${clock(at)}`,
    short(at, now = serverNow()) {
      if (isToday(at, now)) return clock(at);
      return Math.abs(msOf(at) - now) < 6 * 86_400_000 ? `${weekday(at)} ${clock(at)}` : dayOf(at);
    },
    isToday,
  };
}

/** Times of the property that is shown, in the language of this browser. */
export function useTimes(): Times {
  const { property } = useSession();
  const { language } = useLanguage();
  return timesOf(language, property.timeZone);
}
