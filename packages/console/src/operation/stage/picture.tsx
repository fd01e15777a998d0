import type { Step } from './step.ts';

/** An encoder from above, with what happens to the card there. The words beside it say the same. */
export function Picture({ kind }: { readonly kind: Step['kind'] }) {
  const drawing = DRAWINGS[kind];
  const mark = `var(--${MARKS[drawing]}-mark)`;
  const card = (
    <>
      <rect width="66" height="43" rx="6" fill="var(--raised)" stroke={mark} strokeWidth="2" />
      <rect x="8" y="9" width="12" height="10" rx="2.5" fill={mark} />
    </>
  );
  const line = { fill: 'none', stroke: mark, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
  return (
    <svg viewBox="0 0 220 96" width="220" height="96" aria-hidden="true" focusable="false">
      <rect x="50" y="4" width="120" height="88" rx="12" fill="var(--panel)" stroke="var(--edge)" strokeWidth="1.5" />
      <circle cx="62" cy="16" r="3" fill={mark} />
      {drawing !== 'writing' && drawing !== 'done' && (
        <rect
          {...{ x: 77, y: 27, width: 66, height: 43, rx: 6 }}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth="1.5"
          strokeDasharray="4 4"
        />
      )}
      {drawing === 'wait' && <path d="M98 48.5h.01M110 48.5h.01M122 48.5h.01" {...line} strokeWidth="6" />}
      {drawing === 'put' && (
        <>
          <g transform="translate(150 14) rotate(8)">{card}</g>
          <path d="M146 58h-22m6-6-6 6 6 6" {...line} strokeWidth="2" />
        </>
      )}
      {drawing === 'lift' && (
        <>
          <g transform="translate(150 14) rotate(8)">{card}</g>
          <path d="M124 58h22m-6-6 6 6-6 6" {...line} strokeWidth="2" />
        </>
      )}
      {drawing === 'writing' && (
        <g transform="translate(77 27)">
          {card}
          <path d="M9 33h48" stroke="var(--line-strong)" strokeWidth="3.5" strokeLinecap="round" />
          <path d="M9 33h27" {...line} strokeWidth="3.5" />
        </g>
      )}
      {drawing === 'done' && (
        <g transform="translate(77 27)">
          {card}
          <path d="m34 25 6 6 12-14" {...line} strokeWidth="2.5" />
        </g>
      )}
      {drawing === 'failed' && (
        <g transform="translate(119 34) rotate(12)">
          {card}
          <path d="m38 17 12 12m0-12L38 29" {...line} strokeWidth="2.5" />
        </g>
      )}
      {drawing === 'unknown' && (
        <g transform="translate(150 10) rotate(12)">
          {card}
          <path d="M38 18c0-7 11-7 11 0 0 5-5.500 4.500-5.500 9M43.500 32v.01" {...line} strokeWidth="2.5" />
        </g>
      )}
      {drawing === 'nothing' && <g transform="translate(150 26)">{card}</g>}
    </svg>
  );
}

type Drawing = 'wait' | 'put' | 'lift' | 'writing' | 'done' | 'failed' | 'unknown' | 'nothing';

const DRAWINGS: Readonly<Record<Step['kind'], Drawing>> = {
  away: 'wait',
  blind: 'wait',
  held: 'wait',
  preparing: 'wait',
  queued: 'wait',
  put: 'put',
  writing: 'writing',
  between: 'lift',
  done: 'done',
  stopped: 'done',
  withdrawn: 'nothing',
  failed: 'nothing',
  damaged: 'failed',
  unknown: 'unknown',
  'written-off': 'unknown',
};

const MARKS: Readonly<Record<Drawing, string>> = {
  wait: 'calm',
  put: 'accent',
  lift: 'accent',
  writing: 'accent',
  done: 'good',
  failed: 'bad',
  unknown: 'lost',
  nothing: 'calm',
};
