import { randomBytes } from 'node:crypto';
import { type Mac, programmerKeyOf, type Serial } from '@keyrack/protocol';
import { INSTALLATION } from '../domain/audit.ts';
import { newCard } from '../domain/plastic.ts';
import type { SessionOf } from '../domain/session.ts';
import { hashToken } from '../domain/token.ts';
import { codeOf } from './one-time-code.ts';
import { putAgent, putLostEncoder } from './rest-desks.ts';
import { putCopySet, putEncoder, putIssuedCard, putOperation } from './rest-operations.ts';
import { INN, type Received, type RestWorld } from './rest-world.ts';
import { putSignInLink } from './sign-in-link.ts';
import { connectFrontDesk } from './simulated-front-desk.ts';
import { softwarePasskey } from './software-passkey.ts';

/** The row of an event that a webhook has given up. */
function putDeadDelivery(world: RestWorld, propertyId: string, webhookId: string): Promise<unknown> {
  const tries = { attempts: 9, firstAt: 0, lastAt: 0, nextAt: null, status: null, ms: 1 };
  const delivery = { number: 1, type: 'webhook.created', state: 'dead', problem: 'connection', ...tries } as const;
  return world.put({ table: 'webhookDeliveries', row: { propertyId, webhookId, ...delivery } });
}

/** Webhooks are made for receivers on this machine, and passkeys for the host of a server. */
const ORIGIN = 'https://keys.example.com';
export const EXAMPLE_SETTINGS = { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1', KEYRACK_PUBLIC_URL: ORIGIN };

/** Makes what the request needs, and sends it. */
export type RestExample = () => Promise<Received>;

/** A request of each endpoint that succeeds; `send` holds each exchange against the document. Add that of your endpoint. */
export function restExamples(world: () => RestWorld): Readonly<Record<string, RestExample>> {
  /** Rows of an operation, since no front desk is connected here. */
  const operationAt = async (state: 'accepted' | 'unknown') => {
    const { id } = await putOperation(world(), state);
    return `/v1/properties/1001/operations/${id}`;
  };

  const API_KEY = { name: 'PMS', scopes: ['cards'], properties: [INN.id] };
  const newKey = async () => (await world().send('/v1/api-keys', { method: 'POST', json: API_KEY })).body.id as string;
  const MEMBERS = '/v1/properties/1001/members';
  let members = 0;
  const addMember = () => {
    members += 1;
    return world().send(MEMBERS, {
      method: 'POST',
      json: { name: 'Ada', role: 'receptionist', email: `ada${members}@example.com`, password: 'correct horse' },
    });
  };
  const newMember = async () => `${MEMBERS}/${(await addMember()).body.id}`;
  let places = 0;
  const make = async (path: string, json: object) =>
    (await world().send(`/v1/properties/1001/${path}`, { method: 'POST', json })).body.id as string;
  const newBuilding = () => make('buildings', { number: `E${++places}`, name: 'Tower' });
  const newFloor = async () => make('floors', { building: await newBuilding(), number: '1', name: 'Floor 1' });
  const newRoom = async () =>
    make('rooms', { floor: await newFloor(), number: '1', name: '1', lock: { type: 'QRLOCK' } });
  const ofInn = (path: string, method = 'GET', json?: object) =>
    world().send(`/v1/properties/1001/${path}`, { method, ...(json && { json }) });
  const addAccount = () =>
    world().send('/v1/accounts', {
      method: 'POST',
      json: { name: 'PMS', properties: [INN.id], addressRanges: ['::1'] },
    });
  const newSid = async () => (await addAccount()).body.sid as string;
  const stayIn = (room: string) => ({
    kind: 'issue',
    mode: 'new',
    room,
    validUntil: new Date(Date.now() + 86_400_000).toISOString(),
  });
  let simulated: ReturnType<typeof connectFrontDesk> | undefined;
  /** At a front desk with a simulated encoder. */
  const ofSandbox = async (path: string, method = 'GET', json?: object) => {
    simulated ??= connectFrontDesk(world(), { propertyId: INN.id, mac: '7C778A6C7D55' as Mac });
    return ofInn(`encoders/${(await simulated).encoder}/sandbox${path}`, method, json);
  };
  /** A property with a card key of its own. */
  const ofHarbour = async (path: string, method: string, json?: object) => {
    places += 1;
    const harbour = { number: `H${places}`, name: 'Harbour', timeZone: 'Asia/Shanghai' };
    const { id } = (await world().send('/v1/properties', { method: 'POST', json: harbour })).body;
    return world().send(`/v1/properties/${id}/${path}`, { method, ...(json && { json }) });
  };
  let people = 0;
  /** Somebody who has become a person by an invitation, and signed in. */
  const newPerson = async () => {
    people += 1;
    const { token } = (await world().send(`${await newMember()}/invitation`, { method: 'POST' })).body;
    const email = `person${people}@example.com`;
    const json = { invitation: token, name: 'Ada', email, password: 'correct horse' };
    const made = await world().send('/v1/persons', { method: 'POST', json, key: null });
    const signIn = { email, password: 'correct horse' };
    const session = await world().send('/v1/sessions', { method: 'POST', json: signIn, key: null });
    return { made, session, email, id: made.body.id as string, key: session.body.token as string };
  };
  const OWN = { currentPassword: 'correct horse' };
  const post = (path: string, key: string | null, json: object) => world().send(path, { method: 'POST', key, json });
  /** Somebody with an authenticator app, which shows the codes of this secret. */
  const newPersonWithApp = async () => {
    const person = await newPerson();
    const { secret } = (await post('/v1/me/authenticator', person.key, OWN)).body;
    const confirmed = await post('/v1/me/authenticator/confirm', person.key, { code: codeOf(secret, Date.now()) });
    return { ...person, secret: secret as string, confirmed };
  };
  const newSignInLink = async () =>
    putSignInLink(world(), { kind: 'person', personId: (await newPerson()).id } satisfies SessionOf);
  /** Somebody with a passkey. */
  const newPersonWithPasskey = async () => {
    const person = await newPerson();
    const passkey = softwarePasskey({ origin: ORIGIN });
    const options = await post('/v1/me/passkeys/options', person.key, OWN);
    const json = { name: 'Laptop', passkey: passkey.make(options.body) };
    const created = await post('/v1/me/passkeys', person.key, json);
    return { ...person, passkey, options, created, at: `/v1/me/passkeys/${created.body.id}` };
  };
  /** Webhooks of a property and of the installation. Nobody receives them: what comes of a test is told. */
  const webhookExamples = (name: string, prefix: string) => {
    const send = (path: string, method = 'GET', json?: object) =>
      world().send(`${prefix}/webhooks${path}`, { method, ...(json && { json }) });
    const create = () => send('', 'POST', { url: 'http://127.0.0.1:9/hook', types: ['webhook.created'] });
    const created = async (path: string, method?: string, json?: object, dead?: 'with a dead delivery') => {
      const { id } = (await create()).body;
      if (dead !== undefined) await putDeadDelivery(world(), name === '' ? INN.id : INSTALLATION, id);
      const answer = await send(`/${id}${path}`, method, json);
      await send(`/${id}`, 'DELETE');
      return answer;
    };
    return {
      [`list${name}Webhooks`]: () => send(''),
      [`create${name}Webhook`]: create,
      [`get${name}Webhook`]: () => created(''),
      [`change${name}Webhook`]: () => created('', 'PATCH', { active: false, types: null }),
      [`remove${name}Webhook`]: () => created('', 'DELETE'),
      [`rotate${name}WebhookSecret`]: () => created('/secrets', 'POST', {}),
      [`test${name}Webhook`]: () => created('/test', 'POST'),
      [`list${name}WebhookDeliveries`]: () => created('/deliveries?state=dead'),
      [`replay${name}WebhookDelivery`]: () => created('/deliveries/1/replay', 'POST'),
      [`replay${name}Webhook`]: () => created('/replay', 'POST', undefined, 'with a dead delivery'),
    };
  };
  return {
    listProperties: () => world().send('/v1/properties?limit=1'),
    createProperty: () =>
      world().send('/v1/properties', {
        method: 'POST',
        json: { number: `X${++places}`, name: 'Inn', timeZone: 'Asia/Shanghai', checkOutTime: '11:30' },
      }),
    getProperty: () => world().send('/v1/properties/1001'),
    changeProperty: () => world().send('/v1/properties/1001', { method: 'PATCH', json: { name: 'Inn' } }),
    getCard: async () => {
      await world().put({ table: 'cards', row: newCard(INN.id, '4567' as Serial) });
      return world().send('/v1/properties/1001/cards/4567');
    },
    retireCard: async () => {
      await putIssuedCard(world());
      return world().send('/v1/properties/1001/cards/89AB/retire', { method: 'POST' });
    },
    listCards: () => world().send('/v1/properties/1001/cards?plastic=damaged'),
    listCardRecords: () => world().send('/v1/properties/1001/card-records?mayOpen=true'),
    getCardRecord: async () => {
      await putIssuedCard(world());
      return world().send('/v1/properties/1001/card-records/record');
    },
    listRoomHistory: async () => ofInn(`rooms/${await newRoom()}/history?kinds=issued,lost`),
    getRoomCards: async () => ofInn(`rooms/${await newRoom()}/cards`),
    getKeyRack: async () => {
      await newRoom();
      return ofInn('key-rack');
    },
    followProperty: () => ofInn('live'),
    searchGuests: () => ofInn('guests?search=lin'),
    previewIssue: async () => ofInn('operations/preview', 'POST', stayIn(await newRoom())),
    getStatistics: () => ofInn('statistics'),
    getOperationSteps: async () => world().send(`${await operationAt('unknown')}/steps`),
    listOperations: () => world().send('/v1/properties/1001/operations?limit=1'),
    createOperation: async () => {
      await putEncoder(world());
      return world().send('/v1/properties/1001/operations', { method: 'POST', json: { kind: 'read', encoder: 7 } });
    },
    getOperation: async () => world().send(await operationAt('accepted')),
    withdrawOperation: async () => world().send(`${await operationAt('accepted')}/withdraw`, { method: 'POST' }),
    writeOffOperation: async () => world().send(`${await operationAt('unknown')}/write-off`, { method: 'POST' }),
    listPropertyEvents: () => ofInn('events?limit=1&cursor=0&types=property.changed,card.superseded'),
    listEvents: () => world().send('/v1/events?properties=1001,1002&cursor=latest'),
    ...webhookExamples('', '/v1/properties/1001'),
    ...webhookExamples('Installation', '/v1'),
    listAuditRecords: () => ofInn('audit-records?limit=1&actor=owner&from=2020-01-01T00:00:00Z'),
    getAuditRecord: async () => {
      await newBuilding();
      return ofInn('audit-records/1');
    },
    verifyAuditLog: () => ofInn('audit-verification'),
    exportAuditLog: () => ofInn('audit-export'),
    listInstallationAuditRecords: () => world().send('/v1/audit-records'),
    verifyInstallationAuditLog: () => world().send('/v1/audit-verification'),
    exportInstallationAuditLog: () => world().send('/v1/audit-export?after=1'),
    getCopySet: async () => ofInn(`copy-sets/${await putCopySet(world())}`),
    withdrawCopySet: async () => ofInn(`copy-sets/${await putCopySet(world())}/withdraw`, 'POST'),
    listBuildings: () => ofInn('buildings'),
    createBuilding: () => ofInn('buildings', 'POST', { number: `E${++places}`, name: 'Tower' }),
    getBuilding: async () => ofInn(`buildings/${await newBuilding()}`),
    changeBuilding: async () => ofInn(`buildings/${await newBuilding()}`, 'PATCH', { name: 'West' }),
    removeBuilding: async () => ofInn(`buildings/${await newBuilding()}`, 'DELETE'),
    listFloors: () => ofInn('floors'),
    createFloor: async () => ofInn('floors', 'POST', { building: await newBuilding(), number: '2', name: '2' }),
    getFloor: async () => ofInn(`floors/${await newFloor()}`),
    changeFloor: async () => ofInn(`floors/${await newFloor()}`, 'PATCH', { number: '3' }),
    removeFloor: async () => ofInn(`floors/${await newFloor()}`, 'DELETE'),
    listRooms: () => ofInn('rooms?lockKey=unknown'),
    createRoom: async () =>
      ofInn('rooms', 'POST', { floor: await newFloor(), number: '7', name: '7', lock: { type: 'QRLOCK' } }),
    importRooms: () =>
      ofInn('rooms/import', 'POST', { rooms: [{ building: 'I', floor: '1', number: '1', lockType: 'QRBLOCK' }] }),
    getRoom: async () => ofInn(`rooms/${await newRoom()}`),
    changeRoom: async () => ofInn(`rooms/${await newRoom()}`, 'PATCH', { lock: { gateway: true } }),
    removeRoom: async () => ofInn(`rooms/${await newRoom()}`, 'DELETE'),
    listAgents: () => ofInn('agents?state=active&connected=false'),
    listDownloads: () => world().send('/v1/downloads'),
    createPairingCode: () => ofInn('agents/pairing-codes', 'POST', {}),
    getAgent: async () => ofInn(`agents/${await putAgent(world())}`),
    changeAgent: async () => ofInn(`agents/${await putAgent(world())}`, 'PATCH', { name: 'Lobby' }),
    revokeAgent: async () => ofInn(`agents/${await putAgent(world())}/revoke`, 'POST'),
    forgetAgent: async () => ofInn(`agents/${await putAgent(world(), { state: 'revoked' })}`, 'DELETE'),
    listEncoders: async () => ofInn(`encoders?agent=${await putAgent(world())}`),
    getEncoder: async () => {
      await putEncoder(world());
      return ofInn('encoders/7');
    },
    changeEncoder: async () => {
      await putEncoder(world());
      return ofInn('encoders/7', 'PATCH', { name: 'Left', forSignedIn: true });
    },
    forgetEncoder: async () => {
      await putLostEncoder(world(), 8);
      return ofInn('encoders/8', 'DELETE');
    },
    listCardKeys: () => ofInn('card-keys?limit=1'),
    rotateCardKey: () => ofHarbour('card-keys', 'POST'),
    exportLock: () => ofHarbour('lock-exports', 'POST', { room: null, recipient: programmerKeyOf(randomBytes(32)) }),
    listApiKeys: () => world().send('/v1/api-keys'),
    createApiKey: () => world().send('/v1/api-keys', { method: 'POST', json: API_KEY }),
    getApiKey: async () => world().send(`/v1/api-keys/${await newKey()}`),
    revokeApiKey: async () => world().send(`/v1/api-keys/${await newKey()}`, { method: 'DELETE' }),
    listAccounts: () => world().send('/v1/accounts?limit=2'),
    createAccount: addAccount,
    getAccount: async () => world().send(`/v1/accounts/${await newSid()}`),
    changeAccount: async () =>
      world().send(`/v1/accounts/${await newSid()}`, {
        method: 'PATCH',
        json: { state: 'suspended', signatureA: false },
      }),
    rotateAccountToken: async () => world().send(`/v1/accounts/${await newSid()}/tokens`, { method: 'POST', json: {} }),
    listPropertyAccounts: () => world().send('/v1/properties/1001/accounts'),
    putPropertyAccount: async () => world().send(`/v1/properties/1001/accounts/${await newSid()}`, { method: 'PUT' }),
    removePropertyAccount: async () =>
      world().send(`/v1/properties/1001/accounts/${await newSid()}`, { method: 'DELETE' }),
    listMembers: () => world().send(`${MEMBERS}?role=receptionist&active=true&search=Ada`),
    createMember: addMember,
    getMember: async () => world().send(await newMember()),
    changeMember: async () => world().send(await newMember(), { method: 'PATCH', json: { issuingPermission: true } }),
    getSandbox: () => ofSandbox(''),
    getSandboxCards: () => ofSandbox('/cards'),
    createSandboxCard: () => ofSandbox('/cards', 'POST', { chip: 'classic-1k' }),
    putSandboxCard: () => ofSandbox('/card', 'PUT', { serial: '8F42E9D3' }),
    removeSandboxCard: () => ofSandbox('/card', 'DELETE'),
    setSandboxFailure: () => ofSandbox('/failure', 'PUT', { cause: 'card-damaged' }),
    removeSandboxFailure: () => ofSandbox('/failure', 'DELETE'),
    setSandboxOutage: () => ofSandbox('/outage', 'PUT', { seconds: 1 }),
    setMemberPassword: async () =>
      world().send(`${await newMember()}/password`, { method: 'PUT', json: { password: 'battery staple' } }),
    getGuestDataRule: () => ofInn('guest-data'),
    setGuestDataRule: () => ofInn('guest-data', 'PUT', { keptDays: null }),
    deleteGuestData: () => ofInn('guest-data/delete', 'POST', { areaCode: '86', mobile: '13900000000' }),
    getMyFactors: async () => world().send('/v1/me/factors', { key: (await newPerson()).key }),
    createAuthenticator: async () => post('/v1/me/authenticator', (await newPerson()).key, OWN),
    confirmAuthenticator: async () => (await newPersonWithApp()).confirmed,
    removeAuthenticator: async () => post('/v1/me/authenticator/remove', (await newPersonWithApp()).key, OWN),
    createRecoveryCodes: async () => post('/v1/me/recovery-codes', (await newPersonWithApp()).key, OWN),
    openSession: async () => {
      const { email, secret } = await newPersonWithApp();
      const session = (await post('/v1/sessions', null, { email, password: OWN.currentPassword })).body.token;
      return post('/v1/sessions/open', null, { session, code: codeOf(secret, Date.now() + 30_000) });
    },
    beginPasskey: async () => (await newPersonWithPasskey()).options,
    createPasskey: async () => (await newPersonWithPasskey()).created,
    listPasskeys: async () => world().send('/v1/me/passkeys', { key: (await newPersonWithPasskey()).key }),
    changePasskey: async () => {
      const { at, key } = await newPersonWithPasskey();
      return world().send(at, { method: 'PATCH', key, json: { name: 'Phone' } });
    },
    removePasskey: async () => {
      const { at, key } = await newPersonWithPasskey();
      return post(`${at}/remove`, key, OWN);
    },
    askForPasskey: () => post('/v1/sessions/passkey-options', null, {}),
    createPasskeySession: async () => {
      const { passkey } = await newPersonWithPasskey();
      const { body } = await post('/v1/sessions/passkey-options', null, {});
      return post('/v1/sessions/passkey', null, { passkey: passkey.show(body) });
    },
    removePersonFactors: async () =>
      world().send(`/v1/persons/${(await newPersonWithApp()).id}/factors`, { method: 'DELETE' }),
    createLinkSession: async () => post('/v1/sessions/link', null, { link: await newSignInLink() }),
    lookAtLink: async () => post('/v1/links', null, { link: await newSignInLink() }),
    setPasswordByLink: async () => {
      const { link } = (await world().send(`${await newMember()}/password-link`, { method: 'POST' })).body;
      const json = { link: link.split('#')[1], password: 'battery staple' };
      return world().send('/v1/password', { method: 'PUT', json, key: null });
    },
    getSetUp: () => world().send('/v1/set-up', { key: null }),
    setUp: async () => {
      // Only an empty server is set up. This file is also used outside of tests, where there is none of them.
      const { restWorld } = await import('./rest-world.ts');
      const empty = await restWorld({}, { properties: [] });
      await empty.server.run('offerSetUp', { tokenHash: hashToken('set-up') });
      const owner = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
      const property = { name: 'Inn', timeZone: 'Asia/Shanghai' };
      return empty.send('/v1/set-up', { method: 'POST', key: null, json: { token: 'set-up', owner, property } });
    },
    createSession: async () => (await newPerson()).session,
    listSessions: async () => world().send('/v1/sessions', { key: (await newPerson()).key }),
    revokeSession: async () => world().send('/v1/sessions/current', { method: 'DELETE', key: (await newPerson()).key }),
    getMyself: async () => world().send('/v1/me', { key: (await newPerson()).key }),
    setMyName: async () =>
      world().send('/v1/me/name', { method: 'PUT', json: { name: 'Ada Lin' }, key: (await newPerson()).key }),
    setMyPassword: async () => {
      const json = { currentPassword: 'correct horse', password: 'battery staple' };
      return world().send('/v1/me/password', { method: 'PUT', json, key: (await newPerson()).key });
    },
    joinMembership: async () => {
      const { key } = await newPerson();
      const there = '/v1/properties/1002/members';
      const member = { name: 'Ada', role: 'auditor', email: `there${people}@example.com` };
      const { id } = (await world().send(there, { method: 'POST', json: member })).body;
      const { token } = (await world().send(`${there}/${id}/invitation`, { method: 'POST' })).body;
      return world().send('/v1/me/memberships', { method: 'POST', json: { invitation: token }, key });
    },
    createPerson: async () => (await newPerson()).made,
    inviteMember: async () => world().send(`${await newMember()}/invitation`, { method: 'POST' }),
    revokeInvitation: async () => world().send(`${await newMember()}/invitation`, { method: 'DELETE' }),
    removeMemberPerson: async () => {
      const { key } = await newPerson();
      const { memberships } = (await world().send('/v1/me', { key })).body;
      return world().send(`${MEMBERS}/${memberships[0].member}/person`, { method: 'DELETE' });
    },
    inviteOwner: () => world().send('/v1/owner-invitations', { method: 'POST' }),
    listPersons: () => world().send('/v1/persons?limit=1'),
    createPersonPasswordLink: async () =>
      world().send(`/v1/persons/${(await newPerson()).id}/password-link`, { method: 'POST' }),
    removeOwner: async () => world().send(`/v1/persons/${(await newPerson()).id}/ownership`, { method: 'DELETE' }),
    createPasswordLink: async () => world().send(`${await newMember()}/password-link`, { method: 'POST' }),
  };
}
