// Made from the document of /v1 by test/documents/generated-documents.test.ts; change the endpoints.

/** How each operation is sent. */
export const OPERATIONS = {
  getSetUp: { method: 'GET', path: '/v1/set-up' },
  setUp: { method: 'POST', path: '/v1/set-up', body: 'flat' },
  listProperties: { method: 'GET', path: '/v1/properties', query: ['limit', 'cursor'], pages: true },
  createProperty: { method: 'POST', path: '/v1/properties', body: 'flat' },
  getProperty: { method: 'GET', path: '/v1/properties/{property}' },
  changeProperty: { method: 'PATCH', path: '/v1/properties/{property}', body: 'flat', comparesTags: true },
  listCards: { method: 'GET', path: '/v1/properties/{property}/cards', query: ['limit', 'cursor', 'plastic'], pages: true },
  getCard: { method: 'GET', path: '/v1/properties/{property}/cards/{card}' },
  retireCard: { method: 'POST', path: '/v1/properties/{property}/cards/{card}/retire' },
  listCardRecords: { method: 'GET', path: '/v1/properties/{property}/card-records', query: ['limit', 'cursor', 'card', 'room', 'status', 'mayOpen', 'from', 'until'], pages: true },
  getCardRecord: { method: 'GET', path: '/v1/properties/{property}/card-records/{record}' },
  getRoomCards: { method: 'GET', path: '/v1/properties/{property}/rooms/{room}/cards' },
  listRoomHistory: { method: 'GET', path: '/v1/properties/{property}/rooms/{room}/history', query: ['limit', 'cursor', 'kinds', 'from', 'until'], pages: true },
  getKeyRack: { method: 'GET', path: '/v1/properties/{property}/key-rack' },
  followProperty: { method: 'GET', path: '/v1/properties/{property}/live' },
  searchGuests: { method: 'GET', path: '/v1/properties/{property}/guests', query: ['search'] },
  listOperations: { method: 'GET', path: '/v1/properties/{property}/operations', query: ['limit', 'cursor', 'state', 'held', 'attention', 'kind', 'room', 'encoder', 'requester', 'from', 'until', 'search'], pages: true },
  createOperation: { method: 'POST', path: '/v1/properties/{property}/operations', body: 'flat', waits: true },
  previewIssue: { method: 'POST', path: '/v1/properties/{property}/operations/preview', body: 'flat' },
  getOperation: { method: 'GET', path: '/v1/properties/{property}/operations/{operation}', waits: true },
  getOperationSteps: { method: 'GET', path: '/v1/properties/{property}/operations/{operation}/steps' },
  getStatistics: { method: 'GET', path: '/v1/properties/{property}/statistics', query: ['from', 'until'] },
  withdrawOperation: { method: 'POST', path: '/v1/properties/{property}/operations/{operation}/withdraw' },
  writeOffOperation: { method: 'POST', path: '/v1/properties/{property}/operations/{operation}/write-off' },
  getCopySet: { method: 'GET', path: '/v1/properties/{property}/copy-sets/{set}' },
  withdrawCopySet: { method: 'POST', path: '/v1/properties/{property}/copy-sets/{set}/withdraw' },
  listBuildings: { method: 'GET', path: '/v1/properties/{property}/buildings', query: ['limit', 'cursor'], pages: true },
  createBuilding: { method: 'POST', path: '/v1/properties/{property}/buildings', body: 'flat' },
  getBuilding: { method: 'GET', path: '/v1/properties/{property}/buildings/{building}' },
  changeBuilding: { method: 'PATCH', path: '/v1/properties/{property}/buildings/{building}', body: 'flat', comparesTags: true },
  removeBuilding: { method: 'DELETE', path: '/v1/properties/{property}/buildings/{building}' },
  listFloors: { method: 'GET', path: '/v1/properties/{property}/floors', query: ['limit', 'cursor', 'building'], pages: true },
  createFloor: { method: 'POST', path: '/v1/properties/{property}/floors', body: 'flat' },
  getFloor: { method: 'GET', path: '/v1/properties/{property}/floors/{floor}' },
  changeFloor: { method: 'PATCH', path: '/v1/properties/{property}/floors/{floor}', body: 'flat', comparesTags: true },
  removeFloor: { method: 'DELETE', path: '/v1/properties/{property}/floors/{floor}' },
  listRooms: { method: 'GET', path: '/v1/properties/{property}/rooms', query: ['limit', 'cursor', 'building', 'floor', 'lockType', 'lockKey'], pages: true },
  createRoom: { method: 'POST', path: '/v1/properties/{property}/rooms', body: 'flat' },
  importRooms: { method: 'POST', path: '/v1/properties/{property}/rooms/import', body: 'flat' },
  getRoom: { method: 'GET', path: '/v1/properties/{property}/rooms/{room}' },
  changeRoom: { method: 'PATCH', path: '/v1/properties/{property}/rooms/{room}', body: 'flat', comparesTags: true },
  removeRoom: { method: 'DELETE', path: '/v1/properties/{property}/rooms/{room}' },
  listAgents: { method: 'GET', path: '/v1/properties/{property}/agents', query: ['limit', 'cursor', 'state', 'connected'], pages: true },
  listDownloads: { method: 'GET', path: '/v1/downloads' },
  createPairingCode: { method: 'POST', path: '/v1/properties/{property}/agents/pairing-codes', body: 'flat' },
  getAgent: { method: 'GET', path: '/v1/properties/{property}/agents/{agent}' },
  changeAgent: { method: 'PATCH', path: '/v1/properties/{property}/agents/{agent}', body: 'flat', comparesTags: true },
  forgetAgent: { method: 'DELETE', path: '/v1/properties/{property}/agents/{agent}' },
  revokeAgent: { method: 'POST', path: '/v1/properties/{property}/agents/{agent}/revoke' },
  listEncoders: { method: 'GET', path: '/v1/properties/{property}/encoders', query: ['limit', 'cursor', 'agent'], pages: true },
  getEncoder: { method: 'GET', path: '/v1/properties/{property}/encoders/{encoder}' },
  changeEncoder: { method: 'PATCH', path: '/v1/properties/{property}/encoders/{encoder}', body: 'flat', comparesTags: true },
  forgetEncoder: { method: 'DELETE', path: '/v1/properties/{property}/encoders/{encoder}' },
  listCardKeys: { method: 'GET', path: '/v1/properties/{property}/card-keys', query: ['limit', 'cursor'], pages: true },
  rotateCardKey: { method: 'POST', path: '/v1/properties/{property}/card-keys', body: 'flat' },
  exportLock: { method: 'POST', path: '/v1/properties/{property}/lock-exports', body: 'flat' },
  listApiKeys: { method: 'GET', path: '/v1/api-keys', query: ['limit', 'cursor'], pages: true },
  createApiKey: { method: 'POST', path: '/v1/api-keys', body: 'flat' },
  getApiKey: { method: 'GET', path: '/v1/api-keys/{apiKey}' },
  revokeApiKey: { method: 'DELETE', path: '/v1/api-keys/{apiKey}' },
  listMembers: { method: 'GET', path: '/v1/properties/{property}/members', query: ['limit', 'cursor', 'role', 'active', 'issuingPermission', 'search'], pages: true },
  createMember: { method: 'POST', path: '/v1/properties/{property}/members', body: 'flat' },
  getMember: { method: 'GET', path: '/v1/properties/{property}/members/{member}' },
  changeMember: { method: 'PATCH', path: '/v1/properties/{property}/members/{member}', body: 'flat', comparesTags: true },
  setMemberPassword: { method: 'PUT', path: '/v1/properties/{property}/members/{member}/password', body: 'flat' },
  createPasswordLink: { method: 'POST', path: '/v1/properties/{property}/members/{member}/password-link', body: 'flat' },
  createSession: { method: 'POST', path: '/v1/sessions', body: 'flat' },
  listSessions: { method: 'GET', path: '/v1/sessions' },
  openSession: { method: 'POST', path: '/v1/sessions/open', body: 'flat' },
  askForPasskey: { method: 'POST', path: '/v1/sessions/passkey-options', body: 'flat' },
  createPasskeySession: { method: 'POST', path: '/v1/sessions/passkey', body: 'flat' },
  createLinkSession: { method: 'POST', path: '/v1/sessions/link', body: 'flat' },
  revokeSession: { method: 'DELETE', path: '/v1/sessions/{session}' },
  getMyself: { method: 'GET', path: '/v1/me' },
  setMyName: { method: 'PUT', path: '/v1/me/name', body: 'flat' },
  setMyPassword: { method: 'PUT', path: '/v1/me/password', body: 'flat' },
  joinMembership: { method: 'POST', path: '/v1/me/memberships', body: 'flat' },
  getMyFactors: { method: 'GET', path: '/v1/me/factors' },
  createAuthenticator: { method: 'POST', path: '/v1/me/authenticator', body: 'flat' },
  confirmAuthenticator: { method: 'POST', path: '/v1/me/authenticator/confirm', body: 'flat' },
  removeAuthenticator: { method: 'POST', path: '/v1/me/authenticator/remove', body: 'flat' },
  createRecoveryCodes: { method: 'POST', path: '/v1/me/recovery-codes', body: 'flat' },
  listPasskeys: { method: 'GET', path: '/v1/me/passkeys' },
  createPasskey: { method: 'POST', path: '/v1/me/passkeys', body: 'flat' },
  beginPasskey: { method: 'POST', path: '/v1/me/passkeys/options', body: 'flat' },
  changePasskey: { method: 'PATCH', path: '/v1/me/passkeys/{passkey}', body: 'flat' },
  removePasskey: { method: 'POST', path: '/v1/me/passkeys/{passkey}/remove', body: 'flat' },
  lookAtLink: { method: 'POST', path: '/v1/links', body: 'flat' },
  setPasswordByLink: { method: 'PUT', path: '/v1/password', body: 'flat' },
  createPerson: { method: 'POST', path: '/v1/persons', body: 'flat' },
  listPersons: { method: 'GET', path: '/v1/persons', query: ['limit', 'cursor'], pages: true },
  inviteMember: { method: 'POST', path: '/v1/properties/{property}/members/{member}/invitation', body: 'flat' },
  revokeInvitation: { method: 'DELETE', path: '/v1/properties/{property}/members/{member}/invitation' },
  removeMemberPerson: { method: 'DELETE', path: '/v1/properties/{property}/members/{member}/person' },
  inviteOwner: { method: 'POST', path: '/v1/owner-invitations', body: 'flat' },
  createPersonPasswordLink: { method: 'POST', path: '/v1/persons/{person}/password-link', body: 'flat' },
  removeOwner: { method: 'DELETE', path: '/v1/persons/{person}/ownership' },
  removePersonFactors: { method: 'DELETE', path: '/v1/persons/{person}/factors' },
  getGuestDataRule: { method: 'GET', path: '/v1/properties/{property}/guest-data' },
  setGuestDataRule: { method: 'PUT', path: '/v1/properties/{property}/guest-data', body: 'flat' },
  deleteGuestData: { method: 'POST', path: '/v1/properties/{property}/guest-data/delete', body: 'flat' },
  listAccounts: { method: 'GET', path: '/v1/accounts', query: ['limit', 'cursor'], pages: true },
  createAccount: { method: 'POST', path: '/v1/accounts', body: 'flat' },
  getAccount: { method: 'GET', path: '/v1/accounts/{account}' },
  changeAccount: { method: 'PATCH', path: '/v1/accounts/{account}', body: 'flat', comparesTags: true },
  rotateAccountToken: { method: 'POST', path: '/v1/accounts/{account}/tokens', body: 'flat' },
  listPropertyAccounts: { method: 'GET', path: '/v1/properties/{property}/accounts', query: ['limit', 'cursor'], pages: true },
  putPropertyAccount: { method: 'PUT', path: '/v1/properties/{property}/accounts/{account}' },
  removePropertyAccount: { method: 'DELETE', path: '/v1/properties/{property}/accounts/{account}' },
  listPropertyEvents: { method: 'GET', path: '/v1/properties/{property}/events', query: ['limit', 'cursor', 'types'] },
  listEvents: { method: 'GET', path: '/v1/events', query: ['limit', 'cursor', 'types', 'properties'] },
  listWebhooks: { method: 'GET', path: '/v1/properties/{property}/webhooks' },
  createWebhook: { method: 'POST', path: '/v1/properties/{property}/webhooks', body: 'flat' },
  getWebhook: { method: 'GET', path: '/v1/properties/{property}/webhooks/{webhook}' },
  changeWebhook: { method: 'PATCH', path: '/v1/properties/{property}/webhooks/{webhook}', body: 'flat', comparesTags: true },
  removeWebhook: { method: 'DELETE', path: '/v1/properties/{property}/webhooks/{webhook}' },
  rotateWebhookSecret: { method: 'POST', path: '/v1/properties/{property}/webhooks/{webhook}/secrets', body: 'flat' },
  testWebhook: { method: 'POST', path: '/v1/properties/{property}/webhooks/{webhook}/test' },
  listWebhookDeliveries: { method: 'GET', path: '/v1/properties/{property}/webhooks/{webhook}/deliveries', query: ['limit', 'cursor', 'state'], pages: true },
  replayWebhookDelivery: { method: 'POST', path: '/v1/properties/{property}/webhooks/{webhook}/deliveries/{number}/replay' },
  replayWebhook: { method: 'POST', path: '/v1/properties/{property}/webhooks/{webhook}/replay' },
  listInstallationWebhooks: { method: 'GET', path: '/v1/webhooks' },
  createInstallationWebhook: { method: 'POST', path: '/v1/webhooks', body: 'flat' },
  getInstallationWebhook: { method: 'GET', path: '/v1/webhooks/{webhook}' },
  changeInstallationWebhook: { method: 'PATCH', path: '/v1/webhooks/{webhook}', body: 'flat', comparesTags: true },
  removeInstallationWebhook: { method: 'DELETE', path: '/v1/webhooks/{webhook}' },
  rotateInstallationWebhookSecret: { method: 'POST', path: '/v1/webhooks/{webhook}/secrets', body: 'flat' },
  testInstallationWebhook: { method: 'POST', path: '/v1/webhooks/{webhook}/test' },
  listInstallationWebhookDeliveries: { method: 'GET', path: '/v1/webhooks/{webhook}/deliveries', query: ['limit', 'cursor', 'state'], pages: true },
  replayInstallationWebhookDelivery: { method: 'POST', path: '/v1/webhooks/{webhook}/deliveries/{number}/replay' },
  replayInstallationWebhook: { method: 'POST', path: '/v1/webhooks/{webhook}/replay' },
  listAuditRecords: { method: 'GET', path: '/v1/properties/{property}/audit-records', query: ['limit', 'cursor', 'from', 'until', 'actor', 'action', 'operation', 'card', 'room'], pages: true },
  getAuditRecord: { method: 'GET', path: '/v1/properties/{property}/audit-records/{number}' },
  verifyAuditLog: { method: 'GET', path: '/v1/properties/{property}/audit-verification', query: ['cursor'], pages: true },
  exportAuditLog: { method: 'GET', path: '/v1/properties/{property}/audit-export', query: ['after'] },
  listInstallationAuditRecords: { method: 'GET', path: '/v1/audit-records', query: ['limit', 'cursor', 'from', 'until', 'actor', 'action', 'operation', 'card', 'room'], pages: true },
  verifyInstallationAuditLog: { method: 'GET', path: '/v1/audit-verification', query: ['cursor'], pages: true },
  exportInstallationAuditLog: { method: 'GET', path: '/v1/audit-export', query: ['after'] },
  getSandbox: { method: 'GET', path: '/v1/properties/{property}/encoders/{encoder}/sandbox' },
  getSandboxCards: { method: 'GET', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/cards' },
  createSandboxCard: { method: 'POST', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/cards', body: 'flat' },
  putSandboxCard: { method: 'PUT', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/card', body: 'flat' },
  removeSandboxCard: { method: 'DELETE', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/card' },
  setSandboxFailure: { method: 'PUT', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/failure', body: 'flat' },
  removeSandboxFailure: { method: 'DELETE', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/failure' },
  setSandboxOutage: { method: 'PUT', path: '/v1/properties/{property}/encoders/{encoder}/sandbox/outage', body: 'flat' },
} as const;

/** The operations by what they are about. */
export const GROUPS = {
  setUp: {
    /** Get whether this server waits to be set up. It tells this and nothing else. No credential is needed. */
    get: 'getSetUp',
    /** Set an empty server up, by the link of its start. It makes the first owner, their property with a card key, and their place there: an administrator who may issue cards. That membership's own password, which the room-card API and front desks take, is the same at first. Whoever hears no answer asks `getSetUp`, and where it is done signs in by the password. */
    setUp: 'setUp',
  },
  properties: {
    /** List properties. Those that the credential reaches, by number. */
    list: 'listProperties',
    /** Add a property. Its card key is made with it, and never leaves the server. */
    create: 'createProperty',
    /** Get a property. */
    get: 'getProperty',
    /** Change a property. What is left out stays. Clients of the room-card API name the property by its number: tell them of a new one. */
    change: 'changeProperty',
  },
  cards: {
    /** List cards. By their serials, each with what is believed to be on it. A page may be short and not be the last one. To find cards by room, time or state, or those that may open now, list card records. */
    list: 'listCards',
    /** Get a card. By its serial in upper-case hex: what it is believed to open and until when, and what it opened before. */
    get: 'getCard',
    /** Retire a card. Takes a card off the books that can not be had back. Its lock may open for it until the time that is told. */
    retire: 'retireCard',
  },
  cardRecords: {
    /** List card records. The newest first; of a room from its last guest back; with `mayOpen` alone those that end first. A page may be short and not be the last one. */
    list: 'listCardRecords',
    /** Get a card record. */
    get: 'getCardRecord',
  },
  rooms: {
    /** Get a room's cards. Who is in, who comes later, and which other cards may still open the door. */
    getCards: 'getRoomCards',
    /** List a room's history. Cards of the room that were issued, read, cancelled, superseded, lost or retired, the newest first. A page may be short and not be the last one. */
    listHistory: 'listRoomHistory',
    /** List rooms. By their numbers. With a filter a page may hold less than `limit`; `nextCursor` says whether there is more. */
    list: 'listRooms',
    /** Add a room. Its lock gets a free number unless one is given. Export the lock to program it. */
    create: 'createRoom',
    /** Import rooms. Adds rooms with the buildings and floors that they name, and changes those that are there by their numbers; none is taken away. All or none: `errors` of the problem names each wrong line. With `dryRun` nothing is changed. */
    import: 'importRooms',
    /** Get a room. */
    get: 'getRoom',
    /** Change a room. What is left out stays. Say `lock.keyVersion` when its lock was programmed. The number of a lock never changes. */
    change: 'changeRoom',
    /** Remove a room. One that no card in use opens; otherwise the problem names the cards. No room ever gets its lock number. */
    remove: 'removeRoom',
  },
  keyRack: {
    /** Get the key rack. Every room by building and floor, with what is out of its keys. `followProperty` tells what changes. */
    get: 'getKeyRack',
  },
  live: {
    /** Follow a property live. Server-sent events for a page that shows what is: `rooms` (`{rooms}` as the key rack has them), `operations` (`{operations}`) and `changed` (`{types, rooms}`: types of events, with `agent.presence` where a front desk or an encoder came or went, and ids of the rooms that they touched, null for any). Four of each a second at the most, and no replays: get what you show after it has begun. */
    followProperty: 'followProperty',
  },
  guests: {
    /** Search guests. The first 20 guests of cards that may open a door, or will; who is in comes first. */
    search: 'searchGuests',
  },
  operations: {
    /** List operations. The newest first, those of the room-card API too. A page may be short and not be the last one. */
    list: 'listOperations',
    /** Issue, read or cancel a card. Asks for a card at an encoder. The answer is 202 at once, and the operation can be followed; or it waits with `Prefer: wait`. With the same `Idempotency-Key` the request joins the first one. */
    create: 'createOperation',
    /** Preview an issue. Takes the body of an issue, and tells which cards it would stop and when, as things are now. It changes nothing. What the issue would be refused for, the preview is refused for too; only the encoder is not looked at. */
    previewIssue: 'previewIssue',
    /** Get an operation. With `Prefer: wait` it answers when the operation has ended, or when the wait is over. */
    get: 'getOperation',
    /** Get the steps of an operation. What became of it, step by step, with who did each and when: as the audit log tells it. */
    getSteps: 'getOperationSteps',
    /** Withdraw an operation. Ends an operation that is not granted yet. A card that is being written can not be stopped. */
    withdraw: 'withdrawOperation',
    /** Write off an operation. Gives up an operation of which nobody can tell how it ended. It says nothing about the card: read it before it is used. */
    writeOff: 'writeOffOperation',
  },
  statistics: {
    /** Get statistics of operations. By hour on the clock of the property, by encoder and by cause: of today, unless told otherwise. Requests that were refused before they became an operation are not counted. */
    get: 'getStatistics',
  },
  copySets: {
    /** Get a set of copies. How far an issue with `copies` has come. The newest of its operations is the one to follow. */
    get: 'getCopySet',
    /** Withdraw a set of copies. No further card is made, and one that waits for its card is withdrawn. Cards that were made stay; one that is being written can not be stopped. */
    withdraw: 'withdrawCopySet',
  },
  buildings: {
    /** List buildings. By their numbers. */
    list: 'listBuildings',
    /** Add a building. */
    create: 'createBuilding',
    /** Get a building. */
    get: 'getBuilding',
    /** Change a building. What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one. */
    change: 'changeBuilding',
    /** Remove a building. One without floors. */
    remove: 'removeBuilding',
  },
  floors: {
    /** List floors. By building, and by their numbers. */
    list: 'listFloors',
    /** Add a floor. */
    create: 'createFloor',
    /** Get a floor. */
    get: 'getFloor',
    /** Change a floor. What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one. */
    change: 'changeFloor',
    /** Remove a floor. One without rooms. */
    remove: 'removeFloor',
  },
  agents: {
    /** List front desks. The newest first, also those that were revoked. A page may be short and not be the last one. */
    list: 'listAgents',
    /** Make a code that pairs a front desk. For one pairing within ten minutes. With `replaces`, the computer that uses it becomes that front desk: a new computer, or one that was suspended. */
    createPairingCode: 'createPairingCode',
    /** Get a front desk. */
    get: 'getAgent',
    /** Rename a front desk. It keeps this name when it is paired anew. With null it has the name of its computer again. */
    change: 'changeAgent',
    /** Forget a front desk. One that was revoked, and with which nothing is open. Its operations and records stay. */
    forget: 'forgetAgent',
    /** Revoke a front desk. Its connection ends at once, and its key is never taken again. What waits there is withdrawn, and who was signed in there is not any more. */
    revoke: 'revokeAgent',
  },
  downloads: {
    /** List downloads of the front desk's program. The newest version first. The list is empty where this server has no packages, as one that runs from its sources. */
    list: 'listDownloads',
  },
  encoders: {
    /** List encoders. By their ids, also those that no front desk has now. A page may be short and not be the last one. */
    list: 'listEncoders',
    /** Get an encoder. */
    get: 'getEncoder',
    /** Name an encoder, or mark it for signed-in members. What is left out stays, whatever its front desk tells later. A mark is for this front desk: another one that gets the encoder says itself. */
    change: 'changeEncoder',
    /** Forget an encoder. One that no front desk has, and where nothing is open. Its operations stay. If a front desk has it again, it is listed again, with its id. */
    forget: 'forgetEncoder',
    /** Look at a simulated encoder. Shows what lies there, and how the next operation is made to fail. */
    getSandbox: 'getSandbox',
    /** List the cards of a simulated front desk. Shows all cards, at most 1,000: those on encoders and those in the drawer. */
    getSandboxCards: 'getSandboxCards',
    /** Make a new card for a simulated encoder. Puts a card into the drawer as its maker sold it. Lay it down next. */
    createSandboxCard: 'createSandboxCard',
    /** Lay a card down. Takes the card from wherever it lies. What lay there is taken away first; the same card is lifted and laid down anew. */
    putSandboxCard: 'putSandboxCard',
    /** Take the card away. Puts it back into the drawer, in the middle of whatever is going on. */
    removeSandboxCard: 'removeSandboxCard',
    /** Make the next operation fail. Holds for the operation that waits there, or else for the next one that can fail so; then it is over. */
    setSandboxFailure: 'setSandboxFailure',
    /** Make nothing fail any more. What is being done to an operation ends, too. */
    removeSandboxFailure: 'removeSandboxFailure',
    /** Disconnect the front desk for a while. The whole front desk is away, with all its encoders, as if its network were gone. It comes back by itself. */
    setSandboxOutage: 'setSandboxOutage',
  },
  cardKeys: {
    /** List the versions of the card key. The newest first. `listRooms` with `lockKey=old` tells which locks still have an old one. */
    list: 'listCardKeys',
    /** Rotate the card key. New cards are written under a new version from now on, and a lock takes them once it is programmed with it. It is refused while a lock is known to have an earlier version than the current one: cards of the version before the previous one open nothing, and that lock would know neither its guests’ cards nor new ones. */
    rotate: 'rotateCardKey',
  },
  lockExports: {
    /** Export a lock, sealed. The lock's number, keys and sequence for whoever programs it, whose public key `recipient` is. Nobody else can open it. The audit log notes to whom it was given. */
    exportLock: 'exportLock',
  },
  apiKeys: {
    /** List API keys. The newest first, also those that have ended. A page may be short and not be the last one. */
    list: 'listApiKeys',
    /** Make an API key. Nobody gives more than they have: its scopes, properties and time must be within those of the caller. */
    create: 'createApiKey',
    /** Get an API key. */
    get: 'getApiKey',
    /** Revoke an API key. It ends at once and for good. It stays in the list. */
    revoke: 'revokeApiKey',
  },
  members: {
    /** List members. The newest first, also those who are no longer active. A page may be short and not be the last one. */
    list: 'listMembers',
    /** Add a member. Give them a mobile, an e-mail, or both. Without a password they can do nothing until an administrator sets one. Nobody gives more than they have. */
    create: 'createMember',
    /** Get a member. */
    get: 'getMember',
    /** Change a member, their issuing permission, or whether they are active. What is left out stays. It holds from the next step of every operation under way. Whoever is deactivated is signed out at once. Nobody gives more than they have. */
    change: 'changeMember',
    /** Set a member's password. Nobody can read it back. It ends the sign-ins of the old one at once. The member must be allowed no more than the caller. */
    setPassword: 'setMemberPassword',
    /** Make a link by which a member sets their password. It is good for one use, for three days unless told. A newer one or a new password voids it. Until it is used, the password before holds. */
    createPasswordLink: 'createPasswordLink',
    /** Invite a person to take on a membership. It is good for one use, for three days unless told. A newer one voids it. */
    invite: 'inviteMember',
    /** Take an invitation back. */
    revokeInvitation: 'revokeInvitation',
    /** Take a membership from the person who joined it. Their sign-in leads there no longer, from their next request on. The member stays. */
    removePerson: 'removeMemberPerson',
  },
  sessions: {
    /** Sign in. As a person, with their own password; or with `property`, as one member of it with that membership's password, which opens that membership and no other. Where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. No credential is needed. A repeat opens another session. */
    create: 'createSession',
    /** List one's own sessions. The newest first, all on one page: there are 20 at the most. */
    list: 'listSessions',
    /** Open a half-open session by a second factor. The open one has a token of its own. Each code is good once; wrong ones are counted, and close the way for a while. Ask for a passkey by `askForPasskey` first. */
    open: 'openSession',
    /** Ask for a passkey, to sign in. With `session` for `openSession`, by one of the passkeys of whose session it is; without it for `createPasskeySession`, by whichever the browser has. Changes nothing. */
    askForPasskey: 'askForPasskey',
    /** Sign in by a passkey alone. As a person. It stands for password and factor, so that the browser asks for a finger or a PIN. Ask for it by `askForPasskey` without a session. */
    createPasskeySession: 'createPasskeySession',
    /** Sign in by a one-time link. It stands for the password alone: where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. The demonstration prints such a link; nobody makes one over /v1. */
    createLinkSession: 'createLinkSession',
    /** End one of one's own sessions. Or `current`: the one by which the request comes. */
    revoke: 'revokeSession',
  },
  me: {
    /** Get who is signed in, with their memberships. */
    getMyself: 'getMyself',
    /** Set one's own name. The person's, or the membership's that was signed in to by its own password. A person's memberships that were called as they were change with it; others keep the name that the property gave them. */
    setMyName: 'setMyName',
    /** Set one's own password. The person's, or the membership's that was signed in to by its own. It ends every session, this one too. */
    setMyPassword: 'setMyPassword',
    /** Join a membership by its invitation. Or the ownership of the installation. It is joined by opening its invitation alone, whatever the phone or e-mail. */
    joinMembership: 'joinMembership',
    /** Get one's own second factors. A person has them, and no membership: by the session of a membership there are none to see. */
    getMyFactors: 'getMyFactors',
    /** Begin with an authenticator app. Nothing is asked for until `confirmAuthenticator` has had a code of it. To begin again before that voids the secret before. */
    createAuthenticator: 'createAuthenticator',
    /** Take an authenticator app into use by its first code. From then on signing in asks for a code. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships. */
    confirmAuthenticator: 'confirmAuthenticator',
    /** Remove one's own authenticator app. Also one that was never confirmed. With the last factor the recovery codes end. */
    removeAuthenticator: 'removeAuthenticator',
    /** Make ten recovery codes. They replace those before. Keep them on paper: they are for the day on which a factor is lost. */
    createRecoveryCodes: 'createRecoveryCodes',
    /** List one's own passkeys. The oldest first, all on one page: there are ten at the most. */
    listPasskeys: 'listPasskeys',
    /** Add a passkey that a browser has made. By the options of `beginPasskey`, in the same session. From then on signing in asks for a factor, or takes the passkey alone. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships. */
    createPasskey: 'createPasskey',
    /** Begin with a passkey. A browser makes one by the answer; `createPasskey` takes it, in the same session. Changes nothing. */
    beginPasskey: 'beginPasskey',
    /** Rename one of one's own passkeys. */
    changePasskey: 'changePasskey',
    /** Remove one of one's own passkeys. With the last factor the recovery codes end. */
    removePasskey: 'removePasskey',
  },
  links: {
    /** See what a one-time link is for. Or an invitation. It changes nothing. No credential is needed but the link. */
    lookAtLink: 'lookAtLink',
  },
  password: {
    /** Set a password by a one-time link. The member's or person's whom the link is for. It ends what the old one opened. No credential is needed but the link. */
    setByLink: 'setPasswordByLink',
  },
  persons: {
    /** Become a person, by an invitation. It joins what the invitation offers. Sign in afterwards; a page of this server is signed in with it, by its cookie. Whoever is a person already signs in and joins instead. No credential is needed but the invitation. */
    create: 'createPerson',
    /** List the persons of the installation. The newest first. */
    list: 'listPersons',
    /** Make a link by which a person who is locked out sets their password. For the owner's key alone, which lies on the server: whoever only signs in can't let themselves in as somebody else. */
    createPasswordLink: 'createPersonPasswordLink',
    /** End that a person owns the installation. The owner's key stays, so that there can be an owner again. */
    removeOwner: 'removeOwner',
    /** Remove all second factors of a person who has lost them. Their sessions end, also those of memberships that they have joined. Their password opens sessions by itself again. Not for one's own: these take one's password. */
    removeFactors: 'removePersonFactors',
  },
  ownerInvitations: {
    /** Invite a person to own the installation. It is good for one use, for three days unless told. A newer one voids it. */
    inviteOwner: 'inviteOwner',
  },
  guestData: {
    /** Get how long names and phones of guests are kept. */
    getRule: 'getGuestDataRule',
    /** Set how long names and phones of guests are kept. What is older is deleted within the hour, a little at a time. It can not be had back. */
    setRule: 'setGuestDataRule',
    /** Delete one guest's name and phone now. By their phone, or by the record of one of their cards: then of all records with the phone that it has, and of those of the same name in this room at this time. The cards stay what they are, and audit records verify as before. Whoever is given a card for the room later counts as another guest. */
    delete: 'deleteGuestData',
  },
  accounts: {
    /** List developer accounts. Those that act for nothing but what the credential reaches, by `sid`. A page may be short and not be the last one. */
    list: 'listAccounts',
    /** Add a developer account. Its token signs requests of the room-card API, for the properties that are named. Software that moves over keeps its own: send `sid` and `token` by a credential that reaches all properties. */
    create: 'createAccount',
    /** Get a developer account. */
    get: 'getAccount',
    /** Change, suspend or resume a developer account. What is left out stays. It holds at once: `state` and `roomCardApi` also for operations that still wait for their card. */
    change: 'changeAccount',
    /** Give a developer account another token. The token before signs too for a day, or as told, so that its software can be changed meanwhile. */
    rotateToken: 'rotateAccountToken',
    /** List the developer accounts that may act for a property. */
    listPropertyAccounts: 'listPropertyAccounts',
    /** Let a developer account act for a property. */
    putPropertyAccount: 'putPropertyAccount',
    /** Let a developer account no longer act for a property. It holds at once, also for operations that it asked for and that still wait. */
    removePropertyAccount: 'removePropertyAccount',
  },
  events: {
    /** List events of a property. The oldest first. Its cursor is the number of the last event. With `Accept: text/event-stream` it goes on as they happen. */
    listPropertyEvents: 'listPropertyEvents',
    /** List events of several properties. Those of each property in their order, among properties about by time. The cursor holds a place in each. The owner gets those of the installation, too. With `Accept: text/event-stream` it goes on as they happen. */
    list: 'listEvents',
  },
  webhooks: {
    /** List webhooks. The newest first; there are 20 at most. */
    list: 'listWebhooks',
    /** Add a webhook. It gets what happens from now on, by Standard Webhooks. Its secret is shown this once. */
    create: 'createWebhook',
    /** Get a webhook. With how far it is: its `ETag` is not of that. */
    get: 'getWebhook',
    /** Change a webhook. One that is active again goes on where it stopped: nothing is left out. */
    change: 'changeWebhook',
    /** Remove a webhook. With its deliveries. Nothing is sent any more. */
    remove: 'removeWebhook',
    /** Give a webhook another secret. Both sign until `previousSecretUntil`, a day unless told, so that the receiver can change over meanwhile. */
    rotateSecret: 'rotateWebhookSecret',
    /** Test a webhook. Sends `webhook.test`, signed, and waits for the answer of the receiver, 15 seconds at most. Nothing is recorded. */
    test: 'testWebhook',
    /** List deliveries of a webhook. The newest event first; those that wait by when they are sent again, the last first. A thousand that arrived are kept for a week, and a thousand dead ones for a month. */
    listDeliveries: 'listWebhookDeliveries',
    /** Send an event to a webhook again. Any event of its log, by number, as if it were new; with its retries. */
    replayDelivery: 'replayWebhookDelivery',
    /** Send all dead deliveries of a webhook again. The oldest 500 of them; `more` says whether there are others. */
    replay: 'replayWebhook',
    /** List webhooks of the installation. The newest first; there are 20 at most. */
    listInstallationWebhooks: 'listInstallationWebhooks',
    /** Add a webhook of the installation. It gets what happens from now on, by Standard Webhooks. Its secret is shown this once. */
    createInstallationWebhook: 'createInstallationWebhook',
    /** Get a webhook of the installation. With how far it is: its `ETag` is not of that. */
    getInstallationWebhook: 'getInstallationWebhook',
    /** Change a webhook of the installation. One that is active again goes on where it stopped: nothing is left out. */
    changeInstallationWebhook: 'changeInstallationWebhook',
    /** Remove a webhook of the installation. With its deliveries. Nothing is sent any more. */
    removeInstallationWebhook: 'removeInstallationWebhook',
    /** Give a webhook of the installation another secret. Both sign until `previousSecretUntil`, a day unless told, so that the receiver can change over meanwhile. */
    rotateInstallationWebhookSecret: 'rotateInstallationWebhookSecret',
    /** Test a webhook of the installation. Sends `webhook.test`, signed, and waits for the answer of the receiver, 15 seconds at most. Nothing is recorded. */
    testInstallationWebhook: 'testInstallationWebhook',
    /** List deliveries of a webhook of the installation. The newest event first; those that wait by when they are sent again, the last first. A thousand that arrived are kept for a week, and a thousand dead ones for a month. */
    listInstallationWebhookDeliveries: 'listInstallationWebhookDeliveries',
    /** Send an event to a webhook of the installation again. Any event of its log, by number, as if it were new; with its retries. */
    replayInstallationWebhookDelivery: 'replayInstallationWebhookDelivery',
    /** Send all dead deliveries of a webhook of the installation again. The oldest 500 of them; `more` says whether there are others. */
    replayInstallationWebhook: 'replayInstallationWebhook',
  },
  auditRecords: {
    /** List audit records. The newest first. A page looks at a thousand records: with a filter it may be short, or empty, and not the last one. */
    list: 'listAuditRecords',
    /** Get an audit record. */
    get: 'getAuditRecord',
    /** List audit records of the installation. Of what concerns no single property, the newest first. */
    listInstallationAuditRecords: 'listInstallationAuditRecords',
  },
  auditVerification: {
    /** Verify the audit log. Proves a part of the log, and tells how far it came. Ask again with `nextCursor` until it is null: then the whole log is proved up to `head`. */
    verifyAuditLog: 'verifyAuditLog',
    /** Verify the audit log of the installation. As that of a property. */
    verifyInstallationAuditLog: 'verifyInstallationAuditLog',
  },
  auditExport: {
    /** Export the audit log. A line of JSON (`AuditExportLine`) for each record, the oldest first, up to the newest of now. Each hash is SHA-256 of the JSON array of the hash before (an empty text for the first) and the seven other fields in their order. */
    exportAuditLog: 'exportAuditLog',
    /** Export the audit log of the installation. Lines as in the export of a property. */
    exportInstallationAuditLog: 'exportInstallationAuditLog',
  },
} as const;

/** The problems that the server tells. Later ones may tell others. */
export type ProblemName =
  | 'invalid-request'
  | 'unauthorized'
  | 'forbidden'
  | 'foreign-page'
  | 'not-found'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'too-many-streams'
  | 'internal'
  | 'unavailable'
  | 'disk-full'
  | 'outcome-unknown'
  | 'changed-meanwhile'
  | 'idempotency-key-reused'
  | 'refused'
  | 'owner-key-stays'
  | 'sign-in-refused'
  | 'too-many-failures'
  | 'factor-refused'
  | 'sign-in-over'
  | 'factor-needed'
  | 'passkeys-not-set-up'
  | 'passkey-refused'
  | 'too-many-passkeys'
  | 'passkey-unknown'
  | 'authenticator-there'
  | 'authenticator-not-begun'
  | 'invitation-over'
  | 'link-over'
  | 'set-up-over'
  | 'set-up-refused'
  | 'already-there'
  | 'member-joined'
  | 'person-needed'
  | 'sid-taken'
  | 'phone-taken'
  | 'email-taken'
  | 'role-without-permission'
  | 'last-administrator'
  | 'not-in-this-state'
  | 'too-many-webhooks'
  | 'locks-behind'
  | 'not-empty'
  | 'numbers-run-together'
  | 'room-has-cards'
  | 'rooms-not-imported'
  | 'not-simulated'
  | 'sandbox-refused'
  | 'number-taken';

/** Why something is refused, or failed. */
export type CauseName =
  | 'account-suspended'
  | 'room-card-api-off'
  | 'address-not-allowed'
  | 'signature-a-off'
  | 'property-not-allowed'
  | 'creator-or-password'
  | 'too-many-failures'
  | 'too-many-signatures'
  | 'server-busy'
  | 'member-inactive'
  | 'permission-off'
  | 'key-ended'
  | 'card-unknown'
  | 'card-never-issued'
  | 'card-issued-anew'
  | 'end-time-past'
  | 'end-before-begin'
  | 'lost-for-later'
  | 'no-guest-in'
  | 'next-stay-too-close'
  | 'copies-interrupted'
  | 'too-many-upcoming'
  | 'owner-required'
  | 'open-type-unfit'
  | 'encoder-required'
  | 'encoder-not-named'
  | 'card-blank-already'
  | 'room-unknown'
  | 'card-type-mismatch'
  | 'lock-changed'
  | 'encoder-unknown'
  | 'encoder-offline'
  | 'encoder-disputed'
  | 'encoder-busy'
  | 'not-signed-in'
  | 'no-marked-encoder'
  | 'agent-suspended'
  | 'agent-revoked'
  | 'restored'
  | 'no-card'
  | 'not-a-room-card'
  | 'chip-not-written'
  | 'encoder-unfit'
  | 'card-not-answering'
  | 'encoder-in-use'
  | 'encoder-hung'
  | 'other-card'
  | 'card-already-issued'
  | 'card-not-lifted'
  | 'issued-card-changed'
  | 'issued-card-unsure'
  | 'card-unreadable'
  | 'card-occupied'
  | 'card-garbled'
  | 'card-checksum'
  | 'card-copied'
  | 'foreign-card'
  | 'card-changed'
  | 'not-carried-out'
  | 'write-failed'
  | 'card-damaged'
  | 'outcome-open'
  | 'card-in-doubt'
  | 'outcome-unknown'
  | 'agent-restarted'
  | 'journal-lost'
  | 'declined'
  | 'withdrawn'
  | 'written-off'
  | 'not-next'
  | 'opened-too-early'
  | 'nonce-used'
  | 'operation-over';
