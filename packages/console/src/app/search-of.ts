type Given = Readonly<Record<string, unknown>>;

/**
 * What a route takes of an address, as `read` says. The router lays what a route reads over what stands in the address, and lets the
 * rest through as it came: an object where a page expects a text. So the rest is named here, and is nothing.
 */
export function searchOf<Search extends object>(read: (given: Given) => Search): (given: Given) => Search {
  return (given) => ({ ...Object.fromEntries(Object.keys(given).map((name) => [name, undefined])), ...read(given) });
}
