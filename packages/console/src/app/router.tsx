import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { isSignedOut } from '../api/queries.ts';
import { readAuditSearch } from '../audit/audit-search.ts';
import { readOperationsSearch } from '../operations/operations-search.ts';
import { Missing } from '../page/missing.tsx';
import { chosenPlace } from '../session/chosen-property.ts';
import { myself } from '../session/myself.ts';
import { SignOutPage } from '../session/sign-out-page.tsx';
import { lazyPage } from './lazy-page.ts';
import { readRoomSearch } from './room-search.ts';
import { searchOf } from './search-of.ts';
import { SignedIn } from './signed-in.tsx';

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: Missing });

/** Everything for somebody who is signed in. Nobody else comes in: they sign in, and come back to where they went. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: SignedIn,
  async beforeLoad({ context, location }) {
    try {
      await context.client.ensureQueryData(myself);
    } catch (error) {
      // Whoever was known here was signed in until now, and is told so.
      const ended = context.client.getQueryData(myself.queryKey) !== undefined;
      const search = { back: location.href, ...(ended && { ended }) };
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search });
      throw error;
    }
  },
});

/** The first page: the desk, for who works there. */
const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  async beforeLoad({ context }) {
    const { places } = await context.client.ensureQueryData(myself);
    const rights = chosenPlace(places)?.rights;
    throw redirect({ to: rights === undefined || rights.has('cards.read') ? '/desk' : '/house' });
  },
});

const text = (value: unknown) => (typeof value === 'string' && value.length <= 500 ? value : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: searchOf((given): { back?: string; ended?: true } => {
    const back = text(given.back);
    return { ...(back !== undefined && { back }), ...(given.ended === true && { ended: true }) };
  }),
  component: lazyPage(() => import('../sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyPage(() => import('../join/join-page.tsx'), 'JoinPage'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyPage(() => import('../password/password-page.tsx'), 'PasswordPage'),
});

/** With the frame, and not by itself: it must be there when the server isn't. */
const signOut = createRoute({
  getParentRoute: () => root,
  path: '/sign-out',
  component: SignOutPage,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyPage(() => import('../set-up/set-up-page.tsx'), 'SetUpPage'),
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  component: lazyPage(() => import('../desk/desk-page.tsx'), 'DeskPage'),
});

/** A room, in the column beside the rack; on a phone in its place. */
const deskRoom = createRoute({
  getParentRoute: () => desk,
  path: 'rooms/$room',
  validateSearch: searchOf(readRoomSearch),
  component: lazyPage(() => import('../room/room-panel.tsx'), 'RoomPanel'),
});

const readCard = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk/read',
  validateSearch: searchOf(({ operation, start }): { operation?: string; start?: true } =>
    typeof operation === 'string' ? { operation } : start === true ? { start } : {},
  ),
  component: lazyPage(() => import('../card/read-page.tsx'), 'ReadPage'),
});

const house = createRoute({
  getParentRoute: () => signedIn,
  path: '/house',
  component: lazyPage(() => import('../house/house-page.tsx'), 'HousePage'),
});

const members = createRoute({
  getParentRoute: () => signedIn,
  path: '/members',
  component: lazyPage(() => import('../members/members-page.tsx'), 'MembersPage'),
});

const frontDesks = createRoute({
  getParentRoute: () => signedIn,
  path: '/front-desks',
  component: lazyPage(() => import('../front-desks/front-desks-page.tsx'), 'FrontDesksPage'),
});

const developers = createRoute({
  getParentRoute: () => signedIn,
  path: '/developers',
  component: lazyPage(() => import('../developers/account/accounts-page.tsx'), 'AccountsPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/developers/keys',
  component: lazyPage(() => import('../developers/api-key/api-keys-page.tsx'), 'ApiKeysPage'),
});

const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: '/developers/webhooks',
  component: lazyPage(() => import('../developers/webhook/webhooks-page.tsx'), 'WebhooksPage'),
});

const workbench = createRoute({
  getParentRoute: () => signedIn,
  path: '/developers/workbench',
  component: lazyPage(() => import('../developers/workbench/workbench-page.tsx'), 'WorkbenchPage'),
});

const operations = createRoute({
  getParentRoute: () => signedIn,
  path: '/operations',
  validateSearch: searchOf(readOperationsSearch),
  component: lazyPage(() => import('../operations/operations-page.tsx'), 'OperationsPage'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: searchOf(readAuditSearch),
  component: lazyPage(() => import('../audit/audit-page.tsx'), 'AuditPage'),
});

const dashboard = createRoute({
  getParentRoute: () => signedIn,
  path: '/dashboard',
  component: lazyPage(() => import('../dashboard/dashboard-page.tsx'), 'DashboardPage'),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyPage(() => import('../account/account-page.tsx'), 'AccountPage'),
});

const property = createRoute({
  getParentRoute: () => signedIn,
  path: '/property',
  component: lazyPage(() => import('../property/property-page.tsx'), 'PropertyPage'),
});

const tree = root.addChildren([
  signIn,
  signOut,
  setUp,
  join,
  password,
  signedIn.addChildren([
    home,
    desk.addChildren([deskRoom]),
    readCard,
    house,
    members,
    frontDesks,
    developers,
    apiKeys,
    webhooks,
    workbench,
    operations,
    audit,
    dashboard,
    account,
    property,
  ]),
]);

export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    // As the server, which tells of any other spelling that nothing is there.
    caseSensitive: true,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
