/** Milliseconds in which a part that opens takes the focus itself, and menus give it back. */
const GRACE_MS = 100;
/** What is told to a screen reader as a place, from which Tab goes on. */
const PLACE = 'section, form, main, [role="dialog"], [role="region"]';

interface Had {
  readonly element: HTMLElement;
  /** What it stands in, from the inside out, as it was before it went. */
  readonly around: readonly HTMLElement[];
  readonly name: string;
}

/**
 * Keeps the focus in the page when what had it goes, as a button does that opens a form in its own place, or can't be pressed for a
 * while. It goes to the button that opened what is closed now, and else to the place around. Otherwise Tab would begin anew at the
 * top, and a screen reader falls silent. Whoever presses where nothing is leaves the focus, and it stays so.
 */
export function keepFocus(): void {
  let had: Had | null = null;
  /** The name of the button that was last pressed away in each place: it comes back when what it opened is closed. */
  const openers = new WeakMap<HTMLElement, string>();
  const noteOpener = ({ element, around, name }: Had) => {
    if (element.isConnected || !element.matches('button, a')) return;
    const place = around.find(isPlace);
    if (place !== undefined) openers.set(place, name);
  };
  const isLost = () => had !== null && document.activeElement === document.body && !isWaiting(had.element);
  const mend = () => {
    if (had === null || !isLost()) return;
    const { element, around } = had;
    if (element.isConnected) return element.focus({ preventScroll: true });
    const place = around.find(isPlace) ?? document.querySelector('main');
    if (place === null) return;
    const opener = openers.get(place);
    noteOpener(had);
    const again = Array.from(place.querySelectorAll<HTMLElement>('button:enabled')).find(
      (button) => nameOf(button) === opener,
    );
    if (again === undefined && place.tabIndex < 0) place.tabIndex = -1;
    (again ?? place).focus({ preventScroll: true });
  };
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (had !== null) noteOpener(had);
    had = { element: target, around: aroundOf(target), name: nameOf(target) };
  });
  document.addEventListener('focusout', ({ target }) => {
    // What goes is still there while it is told.
    setTimeout(() => {
      if (had?.element === target && had.element.isConnected && !isWaiting(had.element) && isLost()) had = null;
    });
  });
  new MutationObserver(() => {
    if (isLost()) setTimeout(mend, GRACE_MS);
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
}

/** It takes no press for now, and will again. */
function isWaiting(element: HTMLElement): boolean {
  return element.isConnected && element.matches(':disabled');
}

function isPlace(element: HTMLElement): boolean {
  return element.isConnected && element.matches(PLACE);
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? element.textContent ?? '';
}

function aroundOf(element: HTMLElement): HTMLElement[] {
  const { parentElement } = element;
  return parentElement === null ? [] : [parentElement, ...aroundOf(parentElement)];
}
