import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../icon/icon.tsx';
import { useHeldPage } from '../newer/held-page.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './copy-button.module.css';
import { copyText } from './copy-text.ts';
import * as texts from './texts.ts';

/** Milliseconds for which the button says what came of it. */
const SAID_MS = 2_000;

/** Copies a text. `what` says to screen readers what it is, e.g. "Copy the token". */
export function CopyButton(props: { readonly text: string; readonly what: string; readonly onCopied?: () => void }) {
  const { text, what, onCopied } = props;
  // What is to be copied may be shown this once.
  useHeldPage(true);
  const t = useTexts(texts);
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const copied = await copyText(text);
    setSaid(copied ? 'copied' : 'notCopied');
    if (copied) onCopied?.();
  };
  return (
    <>
      <Button
        size="xs"
        title={what}
        leftSection={<Icon name={said === 'copied' ? 'ok' : 'copy'} size={14} />}
        onClick={() => void copy()}
      >
        {t(said ?? 'copy')}
        <span className={classes.what}> {what}</span>
      </Button>
      <span className={classes.what} role="status">
        {said === null ? '' : t(said)}
      </span>
    </>
  );
}

/** A text that is to be copied as it stands: a command, a secret, an address. */
export function Copyable(props: { readonly text: string; readonly what: string; readonly onCopied?: () => void }) {
  return (
    <section className={classes.copyable} aria-label={props.what}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <pre className={classes.text} tabIndex={0}>
        {props.text}
      </pre>
      <CopyButton {...props} />
    </section>
  );
}
