import { EVENT_TYPE_NAMES } from '@keyrack/server/domain/events.ts';
import { codeOf } from '@keyrack/server/testing/one-time-code.ts';
import type { Chance } from '../../faults/chance.ts';
import type { Drawn } from './drawn.ts';
import type { Known } from './values.ts';

/** The one password of everybody who signs in here, so that each of their sessions may set it. */
export const PASSWORD = 'correct horse battery';

/** How often such a body is sent where there is one; the others are made field by field. */
const WHOLE_SHARE = 0.8;

function quietWebhook(chance: Chance): object {
  return { url: `http://127.0.0.1:9/hook${chance.whole(1, 9)}`, types: [chance.of(EVENT_TYPE_NAMES)] };
}

/** Bodies whose fields belong together, which the document can't say: what somebody signs in with, or was invited by. */
const BODIES: Readonly<Record<string, (chance: Chance, known: Known) => object | null>> = {
  createSession: (chance, known) => (known.draw(chance, 'sign-in') as object | undefined) ?? null,
  createPerson: (chance, known) => {
    const invitation = known.draw(chance, 'invitation');
    if (invitation === undefined) return null;
    return { invitation, name: 'Ada', email: `person${chance.whole(1, 1e9)}@hotel.invalid`, password: PASSWORD };
  },
  lookAtLink: (chance, known) => {
    const link = known.draw(chance, chance.of(['invitation', 'password-link']));
    return link === undefined ? null : { link };
  },
  setPasswordByLink: (chance, known) => {
    const link = known.draw(chance, 'password-link');
    return link === undefined ? null : { link, password: PASSWORD };
  },
  // A phone is whole or not there at all.
  createMember: (chance) => ({
    name: 'Ada',
    role: chance.of(['administrator', 'receptionist']),
    email: `member${chance.whole(1, 1e9)}@hotel.invalid`,
    issuingPermission: chance.one(0.5),
  }),
  // Times that go together, and several cards every other time; reads, cancels and odd times are made field by field.
  createOperation: (chance, known) => {
    // Elsewhere an encoder is shown by its hardware address.
    const [room, encoder] = [known.draw(chance, 'room'), known.draw(chance, 'encoder', { type: 'integer' })];
    if (room === undefined || encoder === undefined || chance.one(0.5)) return null;
    const validUntil = new Date(Date.now() + chance.whole(1, 40) * 86_400_000).toISOString();
    // Some rooms, as their lock says, take a card only for somebody who is named.
    const holder = { name: 'Ada' };
    return {
      ...{ kind: 'issue', mode: chance.of(['new', 'lost']), room, encoder, validUntil, holder },
      copies: chance.whole(1, 2),
    };
  },
  joinMembership: (chance, known) => {
    const invitation = known.draw(chance, 'invitation');
    return invitation === undefined ? null : { invitation };
  },
  // Few events go to each: what is tried is its endpoints, and not how much is sent to a receiver that isn't there.
  createWebhook: quietWebhook,
  createInstallationWebhook: quietWebhook,
  createAuthenticator: () => ({ currentPassword: PASSWORD }),
  beginPasskey: () => ({ currentPassword: PASSWORD }),
  createRecoveryCodes: () => ({ currentPassword: PASSWORD }),
  removeAuthenticator: () => ({ currentPassword: PASSWORD }),
  setMyPassword: () => ({ currentPassword: PASSWORD, password: PASSWORD }),
};

/** What makes what an operation takes, where that is used up as fast as it is made. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  withdrawOperation: ['createOperation'],
  withdrawCopySet: ['createOperation'],
  confirmAuthenticator: ['createAuthenticator'],
  createRecoveryCodes: ['createAuthenticator'],
  removeAuthenticator: ['createAuthenticator'],
  joinMembership: ['inviteMember', 'createPerson', 'createSession'],
  createPerson: ['inviteMember'],
  setPasswordByLink: ['createPasswordLink', 'createPersonPasswordLink'],
  revokeSession: ['createSession'],
};

export function makersOf(operation: string): readonly string[] {
  return MAKERS[operation] ?? [];
}

/** A body of that operation, made as a whole; null for one that is made field by field. */
export function wholeBody(operation: string, chance: Chance, known: Known): object | null {
  const make = BODIES[operation];
  return make === undefined || !chance.one(WHOLE_SHARE) ? null : make(chance, known);
}

/** Takes from what succeeded how somebody may sign in, by what they are invited, and their sessions. */
export function rememberPeople({ operation, json }: Drawn, received: unknown, known: Known): void {
  const { token, link } = (received ?? {}) as { token?: unknown; link?: unknown };
  const given = (json ?? {}) as Readonly<Record<string, unknown>>;
  switch (operation) {
    case 'inviteMember':
    case 'inviteOwner':
      if (typeof token === 'string') known.add('invitation', token);
      break;
    case 'createPasswordLink':
    case 'createPersonPasswordLink':
      if (typeof link === 'string') known.add('password-link', link.split('#')[1]);
      break;
    case 'setPasswordByLink':
      known.drop('password-link', String(given.link));
      break;
    case 'createPerson':
      if (given.password === PASSWORD) known.add('sign-in', { email: given.email, password: PASSWORD });
      known.drop('invitation', String(given.invitation));
      break;
    case 'joinMembership':
      known.drop('invitation', String(given.invitation));
      break;
    case 'createSession':
      if (typeof token === 'string') known.add('session-token', token);
  }
}

/**
 * What only helps soon, and with the same credential: an operation and a set of copies are withdrawn while they wait for a card, and
 * an app is confirmed by its code. Null where nothing follows.
 */
export function followUpOf(drawn: Drawn, received: unknown, chance: Chance): Drawn | null {
  const { id, state, copy, secret } = (received ?? {}) as {
    readonly id?: string;
    readonly state?: string;
    readonly copy?: { readonly set: string } | null;
    readonly secret?: string | null;
  };
  const post = (operation: string, target: string, json?: object): Drawn => {
    const shown = ['authorization', 'cookie', 'keyrack-session'].filter((name) => name in drawn.headers);
    const credential = Object.fromEntries(shown.map((name) => [name, drawn.headers[name] as string]));
    const headers = { ...credential, ...(json && { 'content-type': 'application/json' }) };
    const body = json === undefined ? null : new TextEncoder().encode(JSON.stringify(json));
    return { operation, method: 'POST', target, headers, body, json };
  };
  const own = { currentPassword: PASSWORD };
  switch (drawn.operation) {
    case 'createOperation': {
      const property = drawn.target.slice(0, drawn.target.indexOf('/operations'));
      if (state !== 'accepted') return null;
      if (copy) return post('withdrawCopySet', `${property}/copy-sets/${copy.set}/withdraw`);
      return chance.one(0.5) ? post('withdrawOperation', `${property}/operations/${id}/withdraw`) : null;
    }
    case 'createAuthenticator':
      if (!secret) return null;
      return post('confirmAuthenticator', '/v1/me/authenticator/confirm', { code: codeOf(secret, Date.now()) });
    case 'confirmAuthenticator':
      return post('createRecoveryCodes', '/v1/me/recovery-codes', own);
    case 'createRecoveryCodes':
      // Some keep theirs until the owner removes it: they sign in no more meanwhile.
      return chance.one(0.5) ? post('removeAuthenticator', '/v1/me/authenticator/remove', own) : null;
    default:
      return null;
  }
}
