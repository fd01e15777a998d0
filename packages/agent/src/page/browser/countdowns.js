/** How often the seconds that are left are shown anew. Milliseconds. */
const TICK_MS = 250;

/** @type {Set<{ element: HTMLElement, show: () => void }>} */
const running = new Set();

/**
 * Calls `show` with the milliseconds that are left, now and until the element is gone from the page.
 *
 * @param {HTMLElement} element
 * @param {() => number} until when it ends now, by `performance.now()` in milliseconds
 * @param {(leftMs: number) => void} show
 */
export function countDown(element, until, show) {
  const countdown = { element, show: () => show(Math.max(0, until() - performance.now())) };
  countdown.show();
  running.add(countdown);
}

setInterval(() => {
  for (const countdown of running) {
    if (countdown.element.isConnected) countdown.show();
    else running.delete(countdown);
  }
}, TICK_MS);
