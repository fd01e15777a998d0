import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus back where a change has taken away what had it: the next Tab would begin at the top of the page. It goes to what
 * `find` names, e.g. the button that opened what is closed now, and else to the part itself.
 */
export function useKeptFocus(
  part: RefObject<HTMLElement | null>,
  at: string,
  find: (part: HTMLElement) => HTMLElement | null = () => null,
): void {
  const latest = useRef(find);
  useEffect(() => {
    latest.current = find;
  }, [find]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks after each change of what the part shows.
  useEffect(() => {
    if (part.current === null || document.activeElement !== document.body) return;
    (latest.current(part.current) ?? part.current).focus({ preventScroll: true });
  }, [part, at]);
}
