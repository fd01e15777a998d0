/** What a lost focus is told by in the browser's console. */
export const LOST_FOCUS = 'The focus was lost';

/**
 * Watches a page for a focus that is nowhere, though nobody took it away: what had it is gone, or can be pressed again. Whoever has no
 * mouse would begin at the top of the page, and a reader of the screen falls silent. It runs in the page before all else.
 */
export const WATCH_FOCUS = `(() => {
  let had = null;
  let looks = 0;
  const isOff = (part) => !part.isConnected || part.matches(':disabled');
  addEventListener('focusin', ({ target }) => { had = target; looks = 0; }, true);
  // Whoever presses a place where nothing is takes it away.
  addEventListener('pointerdown', ({ target }) => { if (!target.closest('button, a, label, input, select, textarea, summary')) had = null; }, true);
  addEventListener('focusout', ({ target }) => setTimeout(() => { if (had === target && !isOff(target) && document.activeElement === document.body) had = null; }), true);
  setInterval(() => {
    // While a page is on its way there is nothing that could have it.
    const isLost = document.querySelector('main') !== null && had !== null && document.activeElement === document.body && !(had.isConnected && isOff(had));
    looks = isLost ? looks + 1 : 0;
    if (looks !== 10) return;
    console.error('${LOST_FOCUS} with ' + (had.getAttribute('aria-label') ?? had.textContent ?? had.tagName) + ' at ' + location.pathname);
  }, 100);
})()`;
