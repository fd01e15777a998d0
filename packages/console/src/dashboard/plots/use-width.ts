import { type RefCallback, useCallback, useState } from 'react';

/** The width of what a plot is drawn in: its letters stay as large as others, however narrow it is. */
export function useWidth(usual: number): readonly [width: number, ref: RefCallback<Element>] {
  const [width, setWidth] = useState(usual);
  const ref = useCallback<RefCallback<Element>>((element) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref];
}
