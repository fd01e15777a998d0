/**
 * Where the console's pages are, besides `/`. The console's own router knows what lies below each; a test compares. Nothing else of the
 * server may begin with one of these.
 */
export const CONSOLE_PLACES = [
  '/account',
  '/audit',
  '/dashboard',
  '/desk',
  '/developers',
  '/front-desks',
  '/house',
  '/join',
  '/members',
  '/operations',
  '/password',
  '/property',
  '/set-up',
  '/sign-in',
  '/sign-out',
] as const;

/** Whether a request wants a page to read, as browsers do when somebody opens an address. Programs that take anything don't. */
export function wantsPage(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((each) => {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
