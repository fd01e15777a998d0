/** An address of this computer alone. */
const LOOPBACK = /^(?:localhost|.+\.localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** Whether an address leads to the computer itself: on any other one it would look for the server in vain. */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);
}
