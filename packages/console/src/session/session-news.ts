/** All tabs of a browser have the one cookie: who signs in or out in one of them does so in all. */
const CHANNEL = 'keyrack-session';

/** Tells the other tabs of this browser that somebody signed in or out. */
export function tellSessionChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('changed');
  channel.close();
}

/** Hears when somebody signs in or out in another tab. Returns what ends it. */
export function hearSessionChange(hear: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = hear;
  return () => channel.close();
}

const refusals = new EventTarget();
const REFUSED = 'refused';

/** Notes that the server knew no session by the cookie. */
export function noteUnknownSession(): void {
  refusals.dispatchEvent(new Event(REFUSED));
}

/** Hears when the server knew no session by the cookie. Returns what ends it. */
export function hearUnknownSession(hear: () => void): () => void {
  refusals.addEventListener(REFUSED, hear);
  return () => refusals.removeEventListener(REFUSED, hear);
}
