import type { ReactNode } from 'react';
import classes from './icon.module.css';

/** Line drawings, 16 by 16, in the colour of the text. */
const DRAWINGS = {
  rack: (
    <path d="M3 2.500h3a1 1 0 0 1 1 1V6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3.500a1 1 0 0 1 1-1zm7 0h3a1 1 0 0 1 1 1V6a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V3.500a1 1 0 0 1 1-1zM3 9h3a1 1 0 0 1 1 1v2.500a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zm7 0h3a1 1 0 0 1 1 1v2.500a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1z" />
  ),
  read: (
    <>
      <rect x="1.5" y="4" width="9" height="8" rx="1.5" />
      <path d="M4 7h2M12.5 5.500a4 4 0 0 1 0 5M14.600 4a7 7 0 0 1 0 8" />
    </>
  ),
  operations: <path d="M2.500 4h2M2.500 8h2M2.500 12h2M7 4h6.500M7 8h6.500M7 12h6.500" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.500 10.500 3.500 3.500" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.500V8l2.300 1.500" />
    </>
  ),
  alert: (
    <>
      <path d="M8 2.200 14.500 13.500h-13z" />
      <path d="M8 6.500v3M8 11.500v.01" />
    </>
  ),
  lost: (
    <>
      <rect x="1.5" y="4" width="13" height="8" rx="1.5" />
      <path d="M3 14 13 2" />
    </>
  ),
  ok: <path d="m3 8.500 3.200 3.200L13 4.800" />,
  no: <path d="m4 4 8 8M12 4l-8 8" />,
  question: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.200 6.200c.2-1 .9-1.500 1.800-1.500 1 0 1.800.6 1.800 1.600 0 1.300-1.800 1.300-1.800 2.600M8 11.300v.01" />
    </>
  ),
  now: (
    <>
      <circle cx="8" cy="8" r="6.3" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  more: <path d="M3.500 8h.01M8 8h.01M12.500 8h.01" strokeWidth="2.4" />,
  down: <path d="m4.500 6.500 3.500 3.500 3.500-3.500" />,
  right: <path d="m6.500 4.500 3.500 3.500-3.500 3.500" />,
  left: <path d="m9.500 4.500-3.500 3.500 3.500 3.500" />,
  plus: <path d="M8 3v10M3 8h10" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.500 3.500a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1" />
    </>
  ),
  download: <path d="M8 2.500v7.500m0 0L5 7m3 3 3-3M2.500 13h11" />,
  house: <path d="M2.500 13.500V6L8 2.500 13.500 6v7.500zM6.500 13.500v-4h3v4" />,
  people: (
    <>
      <circle cx="6" cy="5.500" r="2.500" />
      <path d="M1.500 13.500c.3-2.700 2-4 4.500-4s4.200 1.300 4.500 4M10.500 3.200a2.500 2.500 0 0 1 0 4.600M12.300 9.800c1.300.6 2 1.800 2.200 3.700" />
    </>
  ),
  desk: <path d="M2 3.500h12v7H2zM6 13.500h4M8 10.500v3" />,
  code: <path d="m5.500 4.500-3.500 3.500 3.500 3.500M10.500 4.500l3.500 3.500-3.500 3.500" />,
  shield: (
    <path d="M8 1.800 13.500 4v4c0 3-2.200 5.300-5.500 6.300C4.700 13.300 2.500 11 2.500 8V4zM5.500 8l1.800 1.800L10.700 6.300" />
  ),
  chart: <path d="M2.500 13.500h11M4.500 11V8M8 11V3.500M11.500 11V6" />,
  settings: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 1.800v2M8 12.200v2M1.800 8h2M12.200 8h2M3.600 3.600 5 5M11 11l1.400 1.400M12.400 3.600 11 5M5 11l-1.400 1.400" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="8" r="3" />
      <path d="M8 8h6.500M12 8v2.500" />
    </>
  ),
  flag: <path d="M3.500 14V2.500h8l-1.800 3 1.800 3h-8" />,
  encoder: (
    <>
      <rect x="1.5" y="7.5" width="13" height="5.500" rx="1.5" />
      <path d="M4 10.200h2.500M5 5.200a4.400 4.400 0 0 1 6 0M3.200 3.200a7 7 0 0 1 9.600 0" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;
export type IconName = keyof typeof DRAWINGS;

/** A drawing beside a word. It says nothing by itself, so it is hidden from screen readers. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className={classes.icon} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}
