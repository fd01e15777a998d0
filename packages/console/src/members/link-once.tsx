import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { Note } from '../state/note.tsx';
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
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  useEffect(() => field.current?.select(), []);
  const { kind, link } = props;
  if (link === null) return <Note meaning="warn">{t('linkGone')}</Note>;
  const copy = async () => {
    try {
      // Only pages by https, or of this computer, may write what Ctrl V pastes.
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      field.current?.select();
      setCopied('by-hand');
    }
  };
  return (
    <Note meaning="accent" icon="key" live="status">
      <p>
        <b>{t(`linkFor.${kind}`)}</b> {t('linkOnce', { until: times.dayAndClock(props.expiresAt) })}
      </p>
      <div className={classes.link}>
        <TextInput ref={field} readOnly aria-label={t('link')} value={link} onFocus={() => field.current?.select()} />
        <Button leftSection={<Icon name={copied === 'yes' ? 'ok' : 'copy'} />} onClick={() => void copy()}>
          {t(copied === 'yes' ? 'copied' : 'copy')}
        </Button>
      </div>
      {copied === 'by-hand' && <p role="status">{t('copyByHand')}</p>}
    </Note>
  );
}
