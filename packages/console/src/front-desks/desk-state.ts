import type { Encoder } from '../encoder/encoders.ts';
import type { Desk } from './desk-queries.ts';
import { english } from './texts.ts';

/** What the server may notice, as far as this console has words for it. */
type Noticed = keyof (typeof english)['attention'];

/** How its program stands to the server's, where something is to be done, as far as this console has words for it. */
type Outdated = keyof (typeof english)['versions'];

/** Of those the desk works with: to be updated when there is time. */
const WORKING: readonly Outdated[] = ['update-available', 'update-soon', 'newer'];

export const worksAsItIs = (state: Outdated) => WORKING.includes(state);

/** What a person should know about a front desk, the most urgent first. */
export type DeskConcern =
  | { readonly kind: 'suspended' | 'noticed'; readonly about: Noticed }
  /** The server says it in words that this console doesn't know. */
  | { readonly kind: 'told'; readonly sentence: string; readonly suspended: boolean }
  | { readonly kind: 'away'; readonly since: string | null }
  | { readonly kind: 'version'; readonly state: Outdated }
  | { readonly kind: 'disputed'; readonly encoder: string; readonly others: readonly string[] };

export function concernsOf(desk: Desk): readonly DeskConcern[] {
  if (desk.state === 'revoked') return [];
  const { attention, attentionKind: about } = desk;
  const suspended = desk.state === 'suspended';
  const concerns: DeskConcern[] = [];
  if (isNoticed(about)) concerns.push({ kind: suspended ? 'suspended' : 'noticed', about });
  else if (attention !== null) concerns.push({ kind: 'told', sentence: attention, suspended });
  else if (suspended) concerns.push({ kind: 'suspended', about: 'two-computers' });
  if (!desk.connected && !suspended) concerns.push({ kind: 'away', since: desk.lastSeenAt });
  const { versionState: state } = desk;
  if (isOutdated(state)) {
    const concern = { kind: 'version', state } as const;
    // What keeps it away is told before that it is.
    if (worksAsItIs(state)) concerns.push(concern);
    else concerns.unshift(concern);
  }
  for (const { encoder, others } of desk.disputes) concerns.push({ kind: 'disputed', encoder, others });
  return concerns;
}

function isNoticed(kind: Desk['attentionKind']): kind is Noticed {
  return kind !== null && Object.hasOwn(english.attention, kind);
}

function isOutdated(state: Desk['versionState']): state is Outdated {
  return state !== null && Object.hasOwn(english.versions, state);
}

/** Whether an operation at this encoder would be carried out. */
export function isReady(encoder: Encoder): boolean {
  return encoder.presence === 'connected' && !encoder.disputed;
}

/** What ends when a front desk is revoked: what waits at its encoders, and what is being written there. */
export function endsWith(encoders: readonly Encoder[]): { readonly waiting: number; readonly writing: number } {
  const queued = encoders.flatMap(({ queue }) => queue);
  const writing = queued.filter(({ state }) => state === 'granted').length;
  return { waiting: queued.length - writing, writing };
}

/** Front desks at work by name, and what was revoked apart from them. */
export function inOrder(desks: readonly Desk[]): {
  readonly working: readonly Desk[];
  readonly revoked: readonly Desk[];
} {
  const byName = [...desks].sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
  return {
    working: byName.filter(({ state }) => state !== 'revoked'),
    revoked: byName.filter(({ state }) => state === 'revoked'),
  };
}
