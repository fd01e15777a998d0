import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What the thing that has the focus is called. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at?.labels?.[0]?.textContent ?? '';
  return at === document.body ? '' : at?.getAttribute('aria-label') ?? (label || at?.textContent || at?.tagName);
})()`;

/** Whether somebody sees where the focus is: by a ring or a shadow, of it or of what it stands in. */
const IS_SEEN = `(() => {
  const isRinged = (at) => {
    const { outlineStyle, boxShadow } = getComputedStyle(at);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  };
  const at = document.activeElement;
  return at !== document.body && [at, at.parentElement, at.parentElement?.parentElement].some((each) => each && isRinged(each));
})()`;
/** Milliseconds: a transition of the ring is over by then, on a busy machine too. */
const SEEN_MS = 10_000;

export async function focused(page: Page): Promise<string> {
  return String(await page.evaluate(FOCUSED));
}

/** The focus is on what is called so, and is seen. */
export async function expectFocus(page: Page, name: RegExp): Promise<void> {
  await expect.poll(() => focused(page), { timeout: SEEN_MS }).toMatch(name);
  await expect.poll(() => page.evaluate(IS_SEEN), { message: `nobody sees the focus on ${name}` }).toBe(true);
}

/** Goes on with Tab until the focus is on what is called so; a page has fewer stops than this. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return expectFocus(page, name);
  }
  throw new Error(`the keyboard doesn't reach ${name}`);
}

/** Goes on with the arrow in a menu that was opened, until the focus is on what is called so. */
export async function arrowTo(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('menuitem').first().waitFor();
  const go = async () => {
    if (!name.test(await focused(page))) await page.keyboard.press('ArrowDown');
    return focused(page);
  };
  await expect.poll(go, { timeout: SEEN_MS }).toMatch(name);
}
