/** Where somebody goes on after they signed in: an address of this console, and never another site. */
export function wayBack(back: string | undefined): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back)) return '/';
  try {
    const { origin, pathname, search, hash } = new URL(back, 'http://here.invalid');
    const isSignIn = /^\/sign-in(?:\/|$)/.test(pathname);
    // A path of several slashes would be the name of a host.
    return origin === 'http://here.invalid' && !isSignIn && !pathname.startsWith('//')
      ? `${pathname}${search}${hash}`
      : '/';
  } catch {
    return '/';
  }
}
