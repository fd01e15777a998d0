import { fill } from './words.js';

/** How often the seconds that are left are shown anew. Milliseconds. */
const TICK_MS = 250;

/** @type {Set<{ element: HTMLElement, show: () => void }>} */
const running = new Set();

/**
 * Calls `show` with the seconds that are left, now and until the element is gone from the page.
 *
 * @param {HTMLElement} element
 * @param {number} until by `performance.now()`, in milliseconds
 * @param {(seconds: number) => void} show
 */
export function countDown(element, until, show) {
  const countdown = {
    element,
    show: () => show(Math.max(0, Math.ceil((until - performance.now()) / 1000))),
  };
  countdown.show();
  running.add(countdown);
}

/**
 * Shows a text whose {seconds} count down.
 *
 * @param {HTMLElement} element
 * @param {string} text
 * @param {number} until by `performance.now()`, in milliseconds
 */
export function countDownText(element, text, until) {
  countDown(element, until, (seconds) => {
    element.textContent = fill(text, { seconds });
  });
}

setInterval(() => {
  for (const countdown of running) {
    if (countdown.element.isConnected) countdown.show();
    else running.delete(countdown);
  }
}, TICK_MS);
