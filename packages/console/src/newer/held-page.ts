import { useEffect } from 'react';

const holders = new Set<object>();

/** Keeps the page from being loaded anew by itself for as long as this is true, e.g. while a secret is shown that nobody shows again. */
export function useHeldPage(isHeld: boolean): void {
  useEffect(() => {
    if (!isHeld) return;
    const holder = {};
    holders.add(holder);
    return () => void holders.delete(holder);
  }, [isHeld]);
}

export function isPageHeld(): boolean {
  return holders.size > 0;
}
