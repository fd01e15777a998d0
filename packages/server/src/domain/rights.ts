/**
 * Who may do what over /v1: one table. Every endpoint names the right that it needs, and `docs/rights.md` shows all of this,
 * generated. Developer accounts of the room-card API have no rights here.
 */

/** Every right, and what it allows. What ends in `.read` shows; the rest changes. */
export const RIGHTS = {
  'properties.read': 'see a property: its number, name, time zone and check-out time',
  'properties.write': "change a property's number, name, time zone and check-out time",
  'properties.create': 'add a property to this installation',
  'rooms.read': 'see buildings, floors and rooms with their locks',
  'rooms.write': 'add, change and remove buildings, floors and rooms',
  'members.read': 'see members, their roles and permissions',
  'members.write': 'add and change members, their permissions and their passwords',
  'accounts.read': 'see the developer accounts of the room-card API',
  'accounts.write': 'add, change and suspend developer accounts',
  'apiKeys.read': 'see API keys, without their secrets',
  'apiKeys.write': 'make and revoke API keys',
  'agents.read': 'see front desks and whether they are connected',
  'agents.write': 'pair, rename, revoke and forget front desks',
  'encoders.read': 'see encoders and what waits at them',
  'encoders.write': 'name, mark and forget encoders',
  'cards.read': 'see cards, what they open and what became of them',
  'cards.write': 'retire cards',
  'operations.read': 'see what was asked for at encoders and how it ended',
  'operations.write': 'issue, read and cancel cards; a person needs the issuing permission too',
  'operations.settle': 'write off operations of which nobody can tell how they ended',
  'lockKeys.read': 'see the versions of card keys, and which locks still have an old one',
  'lockKeys.write': 'rotate card keys and export locks, sealed',
  'audit.read': 'see and verify audit records',
  'events.read': 'follow events',
  'guests.delete': "delete a guest's data and set how long it is kept",
  'webhooks.read': 'see webhooks and their deliveries',
  'webhooks.write': 'add, change and remove webhooks, and send deliveries again',
  'sandbox.write': 'drive simulated encoders',
  'installation.owner': 'everything that concerns the whole installation',
  'self.read': 'see oneself, with memberships and sessions; everybody who is signed in',
  'self.write': "sign in, change one's own password, end one's sessions, open invitations; everybody",
} as const;

export type Right = keyof typeof RIGHTS;
export const RIGHT_NAMES = Object.keys(RIGHTS) as readonly Right[];

/** Of whoever is signed in, whatever their role. A key is nobody, and has none of them. */
export const OF_ONESELF: readonly Right[] = ['self.read', 'self.write'];
const ALL = RIGHT_NAMES.filter((right) => !OF_ONESELF.includes(right));
const READS = ALL.filter((right) => right.endsWith('.read'));
const OWNERS: readonly Right[] = ['properties.create', 'installation.owner'];
const OF_PROPERTIES = ALL.filter((right) => !OWNERS.includes(right));

/** What a person may do by their role at a property. The owner is the owner of the installation. */
export const ROLES = {
  owner: ALL,
  administrator: OF_PROPERTIES,
  receptionist: ['properties.read', 'rooms.read', 'encoders.read', 'cards.read', 'operations.read', 'operations.write'],
  auditor: READS,
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type Role = keyof typeof ROLES;

/** What an API key may do by each of its scopes. With `cards` it has the issuing permission, too. */
export const SCOPES = {
  admin: OF_PROPERTIES,
  read: READS,
  cards: ['properties.read', 'rooms.read', 'encoders.read', 'cards.read', 'operations.read', 'operations.write'],
  members: ['properties.read', 'members.read', 'members.write'],
  rooms: ['properties.read', 'rooms.read', 'rooms.write'],
  audit: ['properties.read', 'audit.read', 'events.read'],
  webhooks: ['properties.read', 'events.read', 'webhooks.read', 'webhooks.write'],
  sandbox: ['properties.read', 'encoders.read', 'sandbox.write'],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

export function rightsOfScopes(scopes: readonly Scope[]): ReadonlySet<Right> {
  return new Set(scopes.flatMap((scope): readonly Right[] => SCOPES[scope]));
}

export function rightsOfRole(role: Role): ReadonlySet<Right> {
  return new Set(ROLES[role]);
}

/**
 * `may`, `may-only-see` (then it is told that it may not), or `may-not-see`: then nothing tells it whether the thing exists.
 */
export type Permission = 'may' | 'may-only-see' | 'may-not-see';

export function permissionFor(right: Right, rights: ReadonlySet<Right>): Permission {
  if (rights.has(right)) return 'may';
  const [resource] = right.split('.');
  return rights.has(`${resource}.read` as Right) ? 'may-only-see' : 'may-not-see';
}
