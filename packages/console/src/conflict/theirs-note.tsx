import type { ReactNode } from 'react';
import { Note } from '../state/note.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** A field as it is now, by what the page calls it. */
export type NowField = readonly [label: string, value: string];

/** Says that somebody else changed what somebody is changing, and how it is now. What was typed stays, to be saved or left. */
export function TheirsNote(props: {
  readonly now: readonly NowField[];
  /** What was typed, where its field shows it no longer. */
  readonly yours?: string;
  readonly children?: ReactNode;
}) {
  const { now, yours, children } = props;
  const t = useTexts(texts);
  const signs = useSigns();
  return (
    <Note meaning="warn" live="alert">
      <p>
        {t.rich(yours === undefined ? 'theirs' : 'theirsNotYours', {
          yours: yours ?? '',
          now: now.map(([label, value]) => `${label}${signs.colon}${value === '' ? t('empty') : value}`).join(' · '),
          b: (chunks) => (
            <b>
              <bdi>{chunks}</bdi>
            </b>
          ),
        })}
      </p>
      {children}
    </Note>
  );
}
