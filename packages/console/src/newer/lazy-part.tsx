import { Button } from '@mantine/core';
import { type ComponentType, lazy } from 'react';
import { isCodeGone, loadCode } from '../app/load-code.ts';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/**
 * A part of a page whose code is loaded when it is opened. Where a newer console has taken its place, the part alone says so: what is
 * being filled in beside it stays.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy<ComponentType<Props>>(async () => {
    try {
      return { default: await loadCode(load) };
    } catch (error) {
      if (!isCodeGone(error)) throw error;
      return { default: Gone };
    }
  });
}

function Gone() {
  const t = useTexts(texts);
  return (
    <Note meaning="accent" live="status">
      <span>{t('part')}</span>{' '}
      <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
        {t('load')}
      </Button>
    </Note>
  );
}
