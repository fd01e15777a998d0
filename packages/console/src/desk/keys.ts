import { useEffect, useRef } from 'react';

/** Keys that work anywhere on the desk's pages, as desks know them. Each stands on the button that does the same. */
export const DESK_KEYS = ['F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'Escape'] as const;
export type DeskKey = (typeof DESK_KEYS)[number];

/** What of a pressed key decides. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** It is held down. */
  readonly repeat: boolean;
  /** Something that is open, such as a menu, took it already. */
  readonly defaultPrevented: boolean;
}

/**
 * What is done about a pressed key: `act`; `swallow`, so that F5 loads no page while somebody works and a held key acts once;
 * or `leave` it to the browser.
 */
export function judgeKey(
  pressed: Pressed,
  has: (key: DeskKey) => boolean,
  isInOpenList: boolean,
): 'act' | 'swallow' | 'leave' {
  const { key, ctrlKey, altKey, metaKey, shiftKey, repeat, defaultPrevented } = pressed;
  if (!isDeskKey(key) || ctrlKey || altKey || metaKey || shiftKey || defaultPrevented) return 'leave';
  if (key === 'Escape') return isInOpenList || repeat || !has(key) ? 'leave' : 'act';
  return has(key) && !repeat ? 'act' : 'swallow';
}

function isDeskKey(key: string): key is DeskKey {
  return (DESK_KEYS as readonly string[]).includes(key);
}

/** Who is asked first where several want a key: a part of the panel, then the panel, then the page around it. */
const LEVELS = ['page', 'panel', 'part'] as const;
export type KeyLevel = (typeof LEVELS)[number];

interface Act {
  readonly level: KeyLevel;
  readonly latest: { readonly current: () => void };
}

/** What each key does; the last entry counts. */
const acts = new Map<DeskKey, readonly Act[]>();

/** Menus and lists close by Escape themselves. */
const OPEN_LIST = '[role="menu"], [role="listbox"], [role="dialog"], [aria-expanded="true"]';

/** Whether a list was open when the key went down: by the time it comes here, the list has closed by that key. */
let wasInOpenList = false;

function look(event: KeyboardEvent): void {
  wasInOpenList = event.target instanceof Element && event.target.closest(OPEN_LIST) !== null;
}

function press(event: KeyboardEvent): void {
  const verdict = judgeKey(event, (key) => (acts.get(key)?.length ?? 0) > 0, wasInOpenList);
  if (verdict === 'leave') return;
  event.preventDefault();
  if (verdict === 'act')
    acts
      .get(event.key as DeskKey)
      ?.at(-1)
      ?.latest.current();
}

function register(key: DeskKey, act: Act): () => void {
  if (acts.size === 0) {
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', press);
  }
  const all = [...(acts.get(key) ?? []), act];
  acts.set(
    key,
    all.sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level)),
  );
  return () => {
    const left = (acts.get(key) ?? []).filter((each) => each !== act);
    if (left.length > 0) acts.set(key, left);
    else acts.delete(key);
    if (acts.size > 0) return;
    window.removeEventListener('keydown', look, true);
    window.removeEventListener('keydown', press);
  };
}

/** Does this when the key is pressed, for as long as the part is shown. Null: the key means something else, or nothing. */
export function useDeskKey(key: DeskKey, level: KeyLevel, act: (() => void) | null): void {
  const latest = useRef(act ?? (() => {}));
  useEffect(() => {
    latest.current = act ?? (() => {});
  }, [act]);
  const acting = act !== null;
  useEffect(() => (acting ? register(key, { level, latest }) : undefined), [key, level, acting]);
}
