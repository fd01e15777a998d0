import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useLiveState } from '../live/live.tsx';
import { Note } from '../state/note.tsx';
import { useTexts } from '../texts/texts.ts';
import { isPageHeld } from './held-page.ts';
import { isReplaced } from './is-replaced.ts';
import * as texts from './texts.ts';
import { leavesPage, mayLoadAnew } from './when-to-load.ts';

/** Milliseconds between two looks whether the page may be loaded anew. */
const LOOK_MS = 1_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Where the server has a newer console than the one that runs here: says so, and loads it when nothing is lost by it. A server of
 * another version was started anew, so the question is asked whenever the connection comes back.
 */
export function NewerConsole() {
  const live = useLiveState();
  const [isNewer, setIsNewer] = useState(false);
  const connections = useRef(0);
  useEffect(() => {
    // From the beginning, since a form may be filled in already when the console turns out to be old.
    addEventListener('input', noteWritten);
    return () => removeEventListener('input', noteWritten);
  }, []);
  useEffect(() => {
    // The first is that of the page itself, which was loaded a moment ago.
    if (live.kind !== 'live' || connections.current++ === 0) return;
    void isReplaced().then((replaced) => replaced && setIsNewer(true));
  }, [live]);
  return isNewer ? <LoadsAnew /> : null;
}

const written = new Set<HTMLInputElement | HTMLTextAreaElement>();

function noteWritten({ target }: Event): void {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) written.add(target);
}

function countWritten(): number {
  for (const field of written) if (!field.isConnected) written.delete(field);
  return [...written].filter(({ value }) => value !== '').length;
}

function LoadsAnew() {
  const t = useTexts(texts);
  const router = useRouter();
  const client = useQueryClient();
  useEffect(() => {
    let touchedAt = performance.now();
    const touch = () => {
      touchedAt = performance.now();
    };
    for (const each of TOUCHES) addEventListener(each, touch, { passive: true });
    const timer = setInterval(() => {
      const idleMs = performance.now() - touchedAt;
      const at = { written: countWritten(), underWay: client.isMutating(), isHeld: isPageHeld(), idleMs };
      if (mayLoadAnew(at)) location.reload();
    }, LOOK_MS);
    const leave = router.subscribe('onBeforeLoad', ({ fromLocation, toLocation }) => {
      const from = fromLocation?.pathname ?? '';
      if (leavesPage(from, toLocation.pathname, { underWay: client.isMutating() })) location.assign(toLocation.href);
    });
    return () => {
      for (const each of TOUCHES) removeEventListener(each, touch);
      clearInterval(timer);
      leave();
    };
  }, [router, client]);
  return (
    <Note meaning="accent" live="status">
      <span>{t('newer')}</span>{' '}
      <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
        {t('load')}
      </Button>
    </Note>
  );
}
