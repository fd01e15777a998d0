/** What a person copies from the browser, or from the page that shows the pairing code, as an address for agents. */
export function asServerAddress(typed: string): string {
  const text = typed.trim();
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!/^https?:\/\//i.test(address)) return address;
  // Of what stands behind the host, e.g. a page of the console, nothing belongs to an agent's address.
  return URL.canParse(address) ? `${new URL(address).origin.replace(/^http/, 'ws')}/agent` : address;
}
