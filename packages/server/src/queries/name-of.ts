import { calledName } from '../domain/places.ts';
import { keyOfRequester } from '../domain/requester.ts';
import type { ReadTx } from '../store/store.ts';

/** What each kind of thing that records tell of by its id is called today; null where it has gone, or never had a name. */
export const NAME_OF = {
  member: (tx, propertyId, id) => tx.get('members', propertyId, id)?.name,
  person: (tx, _propertyId, id) => tx.get('persons', id)?.name,
  apiKey: (tx, _propertyId, id) => tx.get('apiKeys', id)?.name,
  account: (tx, _propertyId, id) => tx.get('accounts', id)?.name,
  agent: (tx, propertyId, id) => called(tx.get('agents', propertyId, id)),
  encoder: (tx, propertyId, mac) => called(tx.get('encoders', propertyId, mac)),
  building: (tx, propertyId, id) => tx.get('buildings', propertyId, id)?.name,
  floor: (tx, propertyId, id) => tx.get('floors', propertyId, id)?.name,
  room: (tx, propertyId, id) => tx.get('rooms', propertyId, id)?.name,
} as const satisfies Readonly<Record<string, (tx: ReadTx, propertyId: string, id: string) => string | undefined>>;

const called = (thing: Parameters<typeof calledName>[0] | undefined) => thing && calledName(thing);

/** The name of the member that asked, or of the API key. */
export function nameOfRequester(tx: ReadTx, propertyId: string, memberId: string): string | null {
  const keyId = keyOfRequester(memberId);
  const name = keyId === null ? NAME_OF.member(tx, propertyId, memberId) : NAME_OF.apiKey(tx, propertyId, keyId);
  return name ?? null;
}

/** Fields of a record's details that name something by its id, and what that is. */
const FIELDS: Readonly<Record<string, keyof typeof NAME_OF>> = {
  member: 'member',
  person: 'person',
  apiKey: 'apiKey',
  account: 'account',
  agent: 'agent',
  replaces: 'agent',
  owner: 'agent',
  encoder: 'encoder',
  building: 'building',
  floor: 'floor',
  room: 'room',
};

/** What is called how today, of all that an actor and the details of a record name by an id. */
export function namesIn(
  tx: ReadTx,
  propertyId: string,
  actor: { readonly kind: string; readonly id: string | null },
  details: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const told = Object.entries(details).flatMap(([field, value]) => {
    const kind = FIELDS[field];
    return kind === undefined || typeof value !== 'string' ? [] : [{ kind, id: value }];
  });
  const all = actor.id === null ? told : [{ kind: actor.kind, id: actor.id }, ...told];
  return Object.fromEntries(
    all.flatMap(({ kind, id }) => {
      const name = isNamed(kind) ? NAME_OF[kind](tx, propertyId, id) : undefined;
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

function isNamed(kind: string): kind is keyof typeof NAME_OF {
  return Object.hasOwn(NAME_OF, kind);
}
