/**
 * Makes an element. What is null or false among the children is left out; texts become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string>>} [attributes]
 * @param {...(Node | string | null | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) if (child !== null && child !== false) made.append(child);
  return made;
}

/**
 * The element of that id, which the page's HTML has.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (found === null || (kind !== undefined && !(found instanceof kind))) throw new Error(`the page lacks #${id}`);
  return /** @type {T} */ (found);
}

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Replaces what is in a container where `what` differs from the last time. A screen reader isn't told anything twice,
 * and the focus stays: on the element of the same id, or else on the nearest thing around it that can hold it.
 *
 * @param {Element} container
 * @param {unknown} what all that the drawing depends on
 * @param {() => readonly Node[]} draw
 */
export function drawInto(container, what, draw) {
  const key = JSON.stringify(what);
  if (shown.get(container) === key) return;
  shown.set(container, key);
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  container.replaceChildren(...draw());
  if (focused === null) return;
  const again = focused.id === '' ? null : document.getElementById(focused.id);
  const holder = again ?? container.closest('[tabindex]');
  if (holder instanceof HTMLElement) holder.focus();
}
