import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyButton } from '../page/copy-button.tsx';
import { OwnComputerNote } from '../page/own-computer-note.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './members.module.css';
import * as texts from './texts.ts';

/** A link that somebody gets, shown this once. */
export function LinkOnce(props: {
  readonly kind: 'invitation' | 'password' | 'owner';
  /** Null where the server no longer shows it. */
  readonly link: string | null;
  readonly expiresAt: string;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const { kind, link } = props;
  if (link === null) return <Note meaning="warn">{t('linkGone')}</Note>;
  return (
    <Note meaning="accent" icon="key" live="status">
      <p>
        <Sentences>
          <b>{t(`linkFor.${kind}`)}</b>
          {t('linkOnce', { until: times.dayAndClock(props.expiresAt) })}
        </Sentences>
      </p>
      <div className={classes.link}>
        <TextInput ref={field} readOnly aria-label={t('link')} value={link} onFocus={() => field.current?.select()} />
        <CopyButton text={link} what={t('link')} />
      </div>
      <OwnComputerNote link={link} />
    </Note>
  );
}
