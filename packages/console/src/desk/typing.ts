import { type RefObject, useEffect, useRef } from 'react';

/** Where keys write, or choose: they mean nothing else there. */
const TAKES_KEYS = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], dialog';

/** What a key that isn't one of the F-keys does anywhere on the desk. */
export function judgeTyping(
  {
    key,
    ctrlKey,
    altKey,
    metaKey,
    defaultPrevented,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'defaultPrevented'>,
  isTaken: boolean,
): 'type' | 'search' | 'table' | 'leave' {
  if (isTaken || ctrlKey || altKey || metaKey || defaultPrevented) return 'leave';
  if (key === '/') return 'search';
  if (key === '?') return 'table';
  return /^[\p{Letter}\p{Number}]$/u.test(key) ? 'type' : 'leave';
}

/** Digits and letters begin a search from anywhere on the desk; `?` shows the keys. */
export function useTyping(input: RefObject<HTMLInputElement | null>, showKeys: () => void): void {
  const latest = useRef(showKeys);
  useEffect(() => {
    latest.current = showKeys;
  }, [showKeys]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTaken = event.target instanceof Element && event.target.closest(TAKES_KEYS) !== null;
      const verdict = judgeTyping(event, isTaken);
      if (verdict === 'leave') return;
      if (verdict !== 'type') event.preventDefault();
      if (verdict === 'table') latest.current();
      // The letter is written where the focus is by then.
      else input.current?.focus();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [input]);
}
