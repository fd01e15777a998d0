import { Button } from '@mantine/core';
import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import { useEncoder } from '../encoder/chosen-encoder.ts';
import { EncoderTrouble } from '../encoder/encoder-trouble.tsx';
import { Failure } from '../page/failure.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Issuing } from './issuing.ts';
import classes from './room.module.css';
import * as texts from './texts.ts';

/** The form around an issue: Enter in any of its fields presses the button, and a held Enter presses it once. */
export function IssueFormFrame(props: {
  readonly label: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  // Who opens it begins with its first field; on a telephone the keys would cover half of the page.
  useEffect(() => {
    if (!matchMedia('(hover: hover)').matches) return;
    form.current?.querySelector<HTMLElement>('input, button[type="submit"]')?.focus({ preventScroll: true });
  }, []);
  return (
    <form
      ref={form}
      className={classes.section}
      aria-label={props.label}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.repeat) event.preventDefault();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}

/** Issues, or says why it can't: which encoder is missing, and what the server refused. */
export function IssueButton(props: {
  readonly issuing: Issuing;
  readonly children: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}) {
  const t = useTexts(texts);
  const { encoder } = useEncoder();
  const { issuing } = props;
  const { preview, isAsking, hasChanged, error } = issuing;
  return (
    <>
      {error && !isAsking && <Failure error={error} />}
      <EncoderTrouble />
      {encoder !== null && (
        <Button
          ref={props.buttonRef ?? null}
          className={classes.submit ?? ''}
          type="submit"
          variant="filled"
          size="md"
          fullWidth
          aria-disabled={isAsking || preview === undefined}
          rightSection={<kbd>Enter</kbd>}
        >
          {isAsking ? t('issuing') : hasChanged ? t('takeNote') : props.children}
        </Button>
      )}
    </>
  );
}
