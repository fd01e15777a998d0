import { type RefObject, useEffect, useRef } from 'react';

/** For the first thing of a part that opens in its place: it has the focus once, when it appears. */
export function useFirstFocus<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
