// Made from the document of /v1 by test/documents/generated-documents.test.ts; change the endpoints.

export interface paths {
    "/v1/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get whether this server waits to be set up
         * @description It tells this and nothing else. No credential is needed.
         */
        get: operations["getSetUp"];
        put?: never;
        /**
         * Set an empty server up, by the link of its start
         * @description It makes the first owner, their property with a card key, and their place there: an administrator who may issue cards. That membership's own password, which the room-card API and front desks take, is the same at first. Whoever hears no answer asks `getSetUp`, and where it is done signs in by the password.
         */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List properties
         * @description Those that the credential reaches, by number.
         */
        get: operations["listProperties"];
        put?: never;
        /**
         * Add a property
         * @description Its card key is made with it, and never leaves the server.
         */
        post: operations["createProperty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a property */
        get: operations["getProperty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a property
         * @description What is left out stays. Clients of the room-card API name the property by its number: tell them of a new one.
         */
        patch: operations["changeProperty"];
        trace?: never;
    };
    "/v1/properties/{property}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cards
         * @description By their serials, each with what is believed to be on it. A page may be short and not be the last one. To find cards by room, time or state, or those that may open now, list card records.
         */
        get: operations["listCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/cards/{card}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a card
         * @description By its serial in upper-case hex: what it is believed to open and until when, and what it opened before.
         */
        get: operations["getCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/cards/{card}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire a card
         * @description Takes a card off the books that can not be had back. Its lock may open for it until the time that is told.
         */
        post: operations["retireCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/card-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List card records
         * @description The newest first; of a room from its last guest back; with `mayOpen` alone those that end first. A page may be short and not be the last one.
         */
        get: operations["listCardRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/card-records/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a card record */
        get: operations["getCardRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/rooms/{room}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a room's cards
         * @description Who is in, who comes later, and which other cards may still open the door.
         */
        get: operations["getRoomCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/rooms/{room}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a room's history
         * @description Cards of the room that were issued, read, cancelled, superseded, lost or retired, the newest first. A page may be short and not be the last one.
         */
        get: operations["listRoomHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/key-rack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the key rack
         * @description Every room by building and floor, with what is out of its keys. `followProperty` tells what changes.
         */
        get: operations["getKeyRack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a property live
         * @description Server-sent events for a page that shows what is: `rooms` (`{rooms}` as the key rack has them), `operations` (`{operations}`) and `changed` (`{types, rooms}`: types of events, with `agent.presence` where a front desk or an encoder came or went, and ids of the rooms that they touched, null for any). Four of each a second at the most, and no replays: get what you show after it has begun.
         */
        get: operations["followProperty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/guests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search guests
         * @description The first 20 guests of cards that may open a door, or will; who is in comes first.
         */
        get: operations["searchGuests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations
         * @description The newest first, those of the room-card API too. A page may be short and not be the last one.
         */
        get: operations["listOperations"];
        put?: never;
        /**
         * Issue, read or cancel a card
         * @description Asks for a card at an encoder. The answer is 202 at once, and the operation can be followed; or it waits with `Prefer: wait`. With the same `Idempotency-Key` the request joins the first one.
         */
        post: operations["createOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview an issue
         * @description Takes the body of an issue, and tells which cards it would stop and when, as things are now. It changes nothing. What the issue would be refused for, the preview is refused for too; only the encoder is not looked at.
         */
        post: operations["previewIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations/{operation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an operation
         * @description With `Prefer: wait` it answers when the operation has ended, or when the wait is over.
         */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations/{operation}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the steps of an operation
         * @description What became of it, step by step, with who did each and when: as the audit log tells it.
         */
        get: operations["getOperationSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get statistics of operations
         * @description By hour on the clock of the property, by encoder and by cause: of today, unless told otherwise. Requests that were refused before they became an operation are not counted.
         */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations/{operation}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an operation
         * @description Ends an operation that is not granted yet. A card that is being written can not be stopped.
         */
        post: operations["withdrawOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/operations/{operation}/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write off an operation
         * @description Gives up an operation of which nobody can tell how it ended. It says nothing about the card: read it before it is used.
         */
        post: operations["writeOffOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/copy-sets/{set}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a set of copies
         * @description How far an issue with `copies` has come. The newest of its operations is the one to follow.
         */
        get: operations["getCopySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/copy-sets/{set}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a set of copies
         * @description No further card is made, and one that waits for its card is withdrawn. Cards that were made stay; one that is being written can not be stopped.
         */
        post: operations["withdrawCopySet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List buildings
         * @description By their numbers.
         */
        get: operations["listBuildings"];
        put?: never;
        /** Add a building */
        post: operations["createBuilding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/buildings/{building}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a building */
        get: operations["getBuilding"];
        put?: never;
        post?: never;
        /**
         * Remove a building
         * @description One without floors.
         */
        delete: operations["removeBuilding"];
        options?: never;
        head?: never;
        /**
         * Change a building
         * @description What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one.
         */
        patch: operations["changeBuilding"];
        trace?: never;
    };
    "/v1/properties/{property}/floors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List floors
         * @description By building, and by their numbers.
         */
        get: operations["listFloors"];
        put?: never;
        /** Add a floor */
        post: operations["createFloor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/floors/{floor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a floor */
        get: operations["getFloor"];
        put?: never;
        post?: never;
        /**
         * Remove a floor
         * @description One without rooms.
         */
        delete: operations["removeFloor"];
        options?: never;
        head?: never;
        /**
         * Change a floor
         * @description What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one.
         */
        patch: operations["changeFloor"];
        trace?: never;
    };
    "/v1/properties/{property}/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List rooms
         * @description By their numbers. With a filter a page may hold less than `limit`; `nextCursor` says whether there is more.
         */
        get: operations["listRooms"];
        put?: never;
        /**
         * Add a room
         * @description Its lock gets a free number unless one is given. Export the lock to program it.
         */
        post: operations["createRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/rooms/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import rooms
         * @description Adds rooms with the buildings and floors that they name, and changes those that are there by their numbers; none is taken away. All or none: `errors` of the problem names each wrong line. With `dryRun` nothing is changed.
         */
        post: operations["importRooms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/rooms/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a room */
        get: operations["getRoom"];
        put?: never;
        post?: never;
        /**
         * Remove a room
         * @description One that no card in use opens; otherwise the problem names the cards. No room ever gets its lock number.
         */
        delete: operations["removeRoom"];
        options?: never;
        head?: never;
        /**
         * Change a room
         * @description What is left out stays. Say `lock.keyVersion` when its lock was programmed. The number of a lock never changes.
         */
        patch: operations["changeRoom"];
        trace?: never;
    };
    "/v1/properties/{property}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List front desks
         * @description The newest first, also those that were revoked. A page may be short and not be the last one.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List downloads of the front desk's program
         * @description The newest version first. The list is empty where this server has no packages, as one that runs from its sources.
         */
        get: operations["listDownloads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/agents/pairing-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a code that pairs a front desk
         * @description For one pairing within ten minutes. With `replaces`, the computer that uses it becomes that front desk: a new computer, or one that was suspended.
         */
        post: operations["createPairingCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/agents/{agent}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a front desk */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        /**
         * Forget a front desk
         * @description One that was revoked, and with which nothing is open. Its operations and records stay.
         */
        delete: operations["forgetAgent"];
        options?: never;
        head?: never;
        /**
         * Rename a front desk
         * @description It keeps this name when it is paired anew. With null it has the name of its computer again.
         */
        patch: operations["changeAgent"];
        trace?: never;
    };
    "/v1/properties/{property}/agents/{agent}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a front desk
         * @description Its connection ends at once, and its key is never taken again. What waits there is withdrawn, and who was signed in there is not any more.
         */
        post: operations["revokeAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List encoders
         * @description By their ids, also those that no front desk has now. A page may be short and not be the last one.
         */
        get: operations["listEncoders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an encoder */
        get: operations["getEncoder"];
        put?: never;
        post?: never;
        /**
         * Forget an encoder
         * @description One that no front desk has, and where nothing is open. Its operations stay. If a front desk has it again, it is listed again, with its id.
         */
        delete: operations["forgetEncoder"];
        options?: never;
        head?: never;
        /**
         * Name an encoder, or mark it for signed-in members
         * @description What is left out stays, whatever its front desk tells later. A mark is for this front desk: another one that gets the encoder says itself.
         */
        patch: operations["changeEncoder"];
        trace?: never;
    };
    "/v1/properties/{property}/card-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of the card key
         * @description The newest first. `listRooms` with `lockKey=old` tells which locks still have an old one.
         */
        get: operations["listCardKeys"];
        put?: never;
        /**
         * Rotate the card key
         * @description New cards are written under a new version from now on, and a lock takes them once it is programmed with it. It is refused while a lock is known to have an earlier version than the current one: cards of the version before the previous one open nothing, and that lock would know neither its guests’ cards nor new ones.
         */
        post: operations["rotateCardKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/lock-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export a lock, sealed
         * @description The lock's number, keys and sequence for whoever programs it, whose public key `recipient` is. Nobody else can open it. The audit log notes to whom it was given.
         */
        post: operations["exportLock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description The newest first, also those that have ended. A page may be short and not be the last one.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description Nobody gives more than they have: its scopes, properties and time must be within those of the caller.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an API key */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It ends at once and for good. It stays in the list.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description The newest first, also those who are no longer active. A page may be short and not be the last one.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Add a member
         * @description Give them a mobile, an e-mail, or both. Without a password they can do nothing until an administrator sets one. Nobody gives more than they have.
         */
        post: operations["createMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a member */
        get: operations["getMember"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a member, their issuing permission, or whether they are active
         * @description What is left out stays. It holds from the next step of every operation under way. Whoever is deactivated is signed out at once. Nobody gives more than they have.
         */
        patch: operations["changeMember"];
        trace?: never;
    };
    "/v1/properties/{property}/members/{member}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a member's password
         * @description Nobody can read it back. It ends the sign-ins of the old one at once. The member must be allowed no more than the caller.
         */
        put: operations["setMemberPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/members/{member}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which a member sets their password
         * @description It is good for one use, for three days unless told. A newer one or a new password voids it. Until it is used, the password before holds.
         */
        post: operations["createPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own sessions
         * @description The newest first, all on one page: there are 20 at the most.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Sign in
         * @description As a person, with their own password; or with `property`, as one member of it with that membership's password, which opens that membership and no other. Where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. No credential is needed. A repeat opens another session.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a half-open session by a second factor
         * @description The open one has a token of its own. Each code is good once; wrong ones are counted, and close the way for a while. Ask for a passkey by `askForPasskey` first.
         */
        post: operations["openSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a passkey, to sign in
         * @description With `session` for `openSession`, by one of the passkeys of whose session it is; without it for `createPasskeySession`, by whichever the browser has. Changes nothing.
         */
        post: operations["askForPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by a passkey alone
         * @description As a person. It stands for password and factor, so that the browser asks for a finger or a PIN. Ask for it by `askForPasskey` without a session.
         */
        post: operations["createPasskeySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by a one-time link
         * @description It stands for the password alone: where the person behind it has a second factor, the session is half open, and `openSession` opens it by one of `factors`. The demonstration prints such a link; nobody makes one over /v1.
         */
        post: operations["createLinkSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's own sessions
         * @description Or `current`: the one by which the request comes.
         */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get who is signed in, with their memberships */
        get: operations["getMyself"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set one's own name
         * @description The person's, or the membership's that was signed in to by its own password. A person's memberships that were called as they were change with it; others keep the name that the property gave them.
         */
        put: operations["setMyName"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set one's own password
         * @description The person's, or the membership's that was signed in to by its own. It ends every session, this one too.
         */
        put: operations["setMyPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a membership by its invitation
         * @description Or the ownership of the installation. It is joined by opening its invitation alone, whatever the phone or e-mail.
         */
        post: operations["joinMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one's own second factors
         * @description A person has them, and no membership: by the session of a membership there are none to see.
         */
        get: operations["getMyFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/authenticator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin with an authenticator app
         * @description Nothing is asked for until `confirmAuthenticator` has had a code of it. To begin again before that voids the secret before.
         */
        post: operations["createAuthenticator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/authenticator/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an authenticator app into use by its first code
         * @description From then on signing in asks for a code. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships.
         */
        post: operations["confirmAuthenticator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/authenticator/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove one's own authenticator app
         * @description Also one that was never confirmed. With the last factor the recovery codes end.
         */
        post: operations["removeAuthenticator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make ten recovery codes
         * @description They replace those before. Keep them on paper: they are for the day on which a factor is lost.
         */
        post: operations["createRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own passkeys
         * @description The oldest first, all on one page: there are ten at the most.
         */
        get: operations["listPasskeys"];
        put?: never;
        /**
         * Add a passkey that a browser has made
         * @description By the options of `beginPasskey`, in the same session. From then on signing in asks for a factor, or takes the passkey alone. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships.
         */
        post: operations["createPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin with a passkey
         * @description A browser makes one by the answer; `createPasskey` takes it, in the same session. Changes nothing.
         */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/passkeys/{passkey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename one of one's own passkeys */
        patch: operations["changePasskey"];
        trace?: never;
    };
    "/v1/me/passkeys/{passkey}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove one of one's own passkeys
         * @description With the last factor the recovery codes end.
         */
        post: operations["removePasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what a one-time link is for
         * @description Or an invitation. It changes nothing. No credential is needed but the link.
         */
        post: operations["lookAtLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a password by a one-time link
         * @description The member's or person's whom the link is for. It ends what the old one opened. No credential is needed but the link.
         */
        put: operations["setPasswordByLink"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the persons of the installation
         * @description The newest first.
         */
        get: operations["listPersons"];
        put?: never;
        /**
         * Become a person, by an invitation
         * @description It joins what the invitation offers. Sign in afterwards; a page of this server is signed in with it, by its cookie. Whoever is a person already signs in and joins instead. No credential is needed but the invitation.
         */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/members/{member}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a person to take on a membership
         * @description It is good for one use, for three days unless told. A newer one voids it.
         */
        post: operations["inviteMember"];
        /** Take an invitation back */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/members/{member}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a membership from the person who joined it
         * @description Their sign-in leads there no longer, from their next request on. The member stays.
         */
        delete: operations["removeMemberPerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/owner-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a person to own the installation
         * @description It is good for one use, for three days unless told. A newer one voids it.
         */
        post: operations["inviteOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which a person who is locked out sets their password
         * @description For the owner's key alone, which lies on the server: whoever only signs in can't let themselves in as somebody else.
         */
        post: operations["createPersonPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person}/ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End that a person owns the installation
         * @description The owner's key stays, so that there can be an owner again.
         */
        delete: operations["removeOwner"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove all second factors of a person who has lost them
         * @description Their sessions end, also those of memberships that they have joined. Their password opens sessions by itself again. Not for one's own: these take one's password.
         */
        delete: operations["removePersonFactors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/guest-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how long names and phones of guests are kept */
        get: operations["getGuestDataRule"];
        /**
         * Set how long names and phones of guests are kept
         * @description What is older is deleted within the hour, a little at a time. It can not be had back.
         */
        put: operations["setGuestDataRule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/guest-data/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete one guest's name and phone now
         * @description By their phone, or by the record of one of their cards: then of all records with the phone that it has, and of those of the same name in this room at this time. The cards stay what they are, and audit records verify as before. Whoever is given a card for the room later counts as another guest.
         */
        post: operations["deleteGuestData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List developer accounts
         * @description Those that act for nothing but what the credential reaches, by `sid`. A page may be short and not be the last one.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Add a developer account
         * @description Its token signs requests of the room-card API, for the properties that are named. Software that moves over keeps its own: send `sid` and `token` by a credential that reaches all properties.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a developer account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change, suspend or resume a developer account
         * @description What is left out stays. It holds at once: `state` and `roomCardApi` also for operations that still wait for their card.
         */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/v1/accounts/{account}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a developer account another token
         * @description The token before signs too for a day, or as told, so that its software can be changed meanwhile.
         */
        post: operations["rotateAccountToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the developer accounts that may act for a property */
        get: operations["listPropertyAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Let a developer account act for a property */
        put: operations["putPropertyAccount"];
        post?: never;
        /**
         * Let a developer account no longer act for a property
         * @description It holds at once, also for operations that it asked for and that still wait.
         */
        delete: operations["removePropertyAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events of a property
         * @description The oldest first. Its cursor is the number of the last event. With `Accept: text/event-stream` it goes on as they happen.
         */
        get: operations["listPropertyEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events of several properties
         * @description Those of each property in their order, among properties about by time. The cursor holds a place in each. The owner gets those of the installation, too. With `Accept: text/event-stream` it goes on as they happen.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description The newest first; there are 20 at most.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Add a webhook
         * @description It gets what happens from now on, by Standard Webhooks. Its secret is shown this once.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description With how far it is: its `ETag` is not of that.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook
         * @description With its deliveries. Nothing is sent any more.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description One that is active again goes on where it stopped: nothing is left out.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook another secret
         * @description Both sign until `previousSecretUntil`, a day unless told, so that the receiver can change over meanwhile.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook
         * @description Sends `webhook.test`, signed, and waits for the answer of the receiver, 15 seconds at most. Nothing is recorded.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a webhook
         * @description The newest event first; those that wait by when they are sent again, the last first. A thousand that arrived are kept for a week, and a thousand dead ones for a month.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}/deliveries/{number}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event to a webhook again
         * @description Any event of its log, by number, as if it were new; with its retries.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/webhooks/{webhook}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send all dead deliveries of a webhook again
         * @description The oldest 500 of them; `more` says whether there are others.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks of the installation
         * @description The newest first; there are 20 at most.
         */
        get: operations["listInstallationWebhooks"];
        put?: never;
        /**
         * Add a webhook of the installation
         * @description It gets what happens from now on, by Standard Webhooks. Its secret is shown this once.
         */
        post: operations["createInstallationWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook of the installation
         * @description With how far it is: its `ETag` is not of that.
         */
        get: operations["getInstallationWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook of the installation
         * @description With its deliveries. Nothing is sent any more.
         */
        delete: operations["removeInstallationWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook of the installation
         * @description One that is active again goes on where it stopped: nothing is left out.
         */
        patch: operations["changeInstallationWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhook}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook of the installation another secret
         * @description Both sign until `previousSecretUntil`, a day unless told, so that the receiver can change over meanwhile.
         */
        post: operations["rotateInstallationWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook of the installation
         * @description Sends `webhook.test`, signed, and waits for the answer of the receiver, 15 seconds at most. Nothing is recorded.
         */
        post: operations["testInstallationWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a webhook of the installation
         * @description The newest event first; those that wait by when they are sent again, the last first. A thousand that arrived are kept for a week, and a thousand dead ones for a month.
         */
        get: operations["listInstallationWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/deliveries/{number}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event to a webhook of the installation again
         * @description Any event of its log, by number, as if it were new; with its retries.
         */
        post: operations["replayInstallationWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send all dead deliveries of a webhook of the installation again
         * @description The oldest 500 of them; `more` says whether there are others.
         */
        post: operations["replayInstallationWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/audit-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit records
         * @description The newest first. A page looks at a thousand records: with a filter it may be short, or empty, and not the last one.
         */
        get: operations["listAuditRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/audit-records/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an audit record */
        get: operations["getAuditRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/audit-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify the audit log
         * @description Proves a part of the log, and tells how far it came. Ask again with `nextCursor` until it is null: then the whole log is proved up to `head`.
         */
        get: operations["verifyAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/audit-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log
         * @description A line of JSON (`AuditExportLine`) for each record, the oldest first, up to the newest of now. Each hash is SHA-256 of the JSON array of the hash before (an empty text for the first) and the seven other fields in their order.
         */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit records of the installation
         * @description Of what concerns no single property, the newest first.
         */
        get: operations["listInstallationAuditRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify the audit log of the installation
         * @description As that of a property.
         */
        get: operations["verifyInstallationAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log of the installation
         * @description Lines as in the export of a property.
         */
        get: operations["exportInstallationAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}/sandbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a simulated encoder
         * @description Shows what lies there, and how the next operation is made to fail.
         */
        get: operations["getSandbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}/sandbox/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the cards of a simulated front desk
         * @description Shows all cards, at most 1,000: those on encoders and those in the drawer.
         */
        get: operations["getSandboxCards"];
        put?: never;
        /**
         * Make a new card for a simulated encoder
         * @description Puts a card into the drawer as its maker sold it. Lay it down next.
         */
        post: operations["createSandboxCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}/sandbox/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lay a card down
         * @description Takes the card from wherever it lies. What lay there is taken away first; the same card is lifted and laid down anew.
         */
        put: operations["putSandboxCard"];
        post?: never;
        /**
         * Take the card away
         * @description Puts it back into the drawer, in the middle of whatever is going on.
         */
        delete: operations["removeSandboxCard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}/sandbox/failure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make the next operation fail
         * @description Holds for the operation that waits there, or else for the next one that can fail so; then it is over.
         */
        put: operations["setSandboxFailure"];
        post?: never;
        /**
         * Make nothing fail any more
         * @description What is being done to an operation ends, too.
         */
        delete: operations["removeSandboxFailure"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/properties/{property}/encoders/{encoder}/sandbox/outage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Disconnect the front desk for a while
         * @description The whole front desk is away, with all its encoders, as if its network were gone. It comes back by itself.
         */
        put: operations["setSandboxOutage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457. */
        Problem: {
            /** @description Never changes; docs/problems.md explains each. */
            type: string;
            title: string;
            status: number;
            /** @description What to do. */
            detail: string;
            /** @description Why it was refused, as in the room-card API. */
            cause?: string;
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "header";
                path: string;
                detail: string;
            }[];
            /** @description Cards that are in the way. */
            cards?: {
                serial: string | null;
                record: string;
                validUntil: string;
            }[];
        };
        /** @description Whether this server is set up. */
        SetUpState: {
            /**
             * @description `empty`: there is no property yet, and `setUp` makes the first one by the link of the start.
             * @enum {string}
             */
            state: "empty" | "done";
        };
        /** @description A server that is set up, with its owner signed in. */
        SetUpDone: {
            person: components["schemas"]["Person"];
            property: components["schemas"]["Property"];
            session: components["schemas"]["CreatedSession"];
        };
        /** @description Somebody who works at one or more properties, with a password of their own. */
        Person: {
            id: components["schemas"]["Id"];
            name: string;
            areaCode: string | null;
            mobile: string | null;
            /** @description In lower case. */
            email: string | null;
            /** @description Whether they own the installation. */
            owner: boolean;
            createdAt: components["schemas"]["Time"];
        };
        /**
         * Format: uuid
         * @description A UUID. Later ones sort behind earlier ones.
         */
        Id: string;
        /**
         * Format: date-time
         * @description RFC 3339 in UTC with milliseconds, e.g. `2026-11-30T08:15:00.000Z`.
         */
        Time: string;
        /** @description A hotel or estate. */
        Property: {
            id: components["schemas"]["Id"];
            /** @description The number that people and the room-card API know it by. */
            number: string;
            name: string;
            /** @description A name of the IANA time zone database. */
            timeZone: string;
            /** @description When guests leave, by the clock of the property, e.g. `12:00`. */
            checkOutTime: string;
        };
        /** @description A new session with its token. */
        CreatedSession: {
            id: components["schemas"]["Id"];
            /**
             * @description `member`: one membership, opened by its own password. `person`: all that the person has joined.
             * @enum {string}
             */
            kind: "member" | "person";
            /**
             * @description Only an open one lets anybody do anything. A half-open one waits for the second factor.
             * @enum {string}
             */
            state: "open" | "half-open";
            createdAt: components["schemas"]["Time"];
            /** @description To a minute. */
            lastUsedAt: components["schemas"]["Time"];
            /** @description It ends then at the latest, and an hour after its last use. A half-open one has five minutes. */
            expiresAt: components["schemas"]["Time"];
            /** @description Where it was opened from. */
            address: string;
            /** @description What the client called itself. */
            client: string | null;
            /** @description What opens it where it is half open; empty where it is open. */
            factors: ("passkey" | "authenticator" | "recovery-code")[];
            /** @description Send it as `Authorization: Bearer`, or where it is half open, in `openSession`. It is shown this once. Null where a page of this server has an open one in its cookie. */
            token: string | null;
        };
        /** @description A card of a list, without its history. */
        ListedCard: {
            serial: string;
            /**
             * @description What is known of its content.
             * @enum {string}
             */
            plastic: "written" | "erased" | "damaged" | "unknown";
            /** @description What is believed to be on it; null for a blank one. */
            record: components["schemas"]["CardRecord"] | null;
        };
        /** @description One key that was given to somebody: a room, a time, a holder, on one card. */
        CardRecord: {
            id: string;
            /** @description The card; null while nobody knows on which. */
            serial: string | null;
            /** @description Id of the room. */
            room: string;
            /**
             * @description See docs/cards.md, "The card record".
             * @enum {string}
             */
            status: "pending" | "void" | "active" | "upcoming" | "expired" | "superseded" | "lost" | "cancelled";
            validFrom: components["schemas"]["Time"];
            /** @description The end that is on the card. */
            validUntil: components["schemas"]["Time"];
            /** @description Until when a lock may still open for it; null where none does any more. A lock opens for a card that is out of use until it has seen the newer one. */
            mayOpenUntil: components["schemas"]["Time"] | null;
            holder: string | null;
            gender: ("female" | "male") | null;
            /** @description Country code of the holder's mobile. */
            areaCode: string | null;
            /** @description Without its country code. */
            mobile: string | null;
            /** @description Using the card turns the lock's staying open on and off. */
            normallyOpen: boolean;
            networked: boolean;
            /** @description The card record whose guest it is for; null for none. */
            duplicateOf: string | null;
            /** @description It was issued since an earlier card of the room was lost. */
            lossReport: boolean;
            issuedAt: components["schemas"]["Time"];
            endedAt: components["schemas"]["Time"] | null;
        };
        /** @description A card by its chip's serial. */
        Card: {
            serial: string;
            /**
             * @description What is known of its content.
             * @enum {string}
             */
            plastic: "written" | "erased" | "damaged" | "unknown";
            /** @description What is believed to be on it; null for a blank one. */
            record: components["schemas"]["CardRecord"] | null;
            /** @description Its last 100 records, the newest first. `listCardRecords` has them all. */
            history: components["schemas"]["CardRecord"][];
        };
        /** @description A room's cards, by what they do at its door. */
        RoomCards: {
            /** @description Of the guest who has the room now. */
            current: components["schemas"]["CardRecord"][];
            /** @description Of stays that begin later, by when they begin. */
            upcoming: components["schemas"]["CardRecord"][];
            /** @description Being issued, or nobody can tell whether they were. */
            pending: components["schemas"]["CardRecord"][];
            /** @description Superseded or lost; the lock may open for them until it has seen a newer card. */
            outOfUse: components["schemas"]["CardRecord"][];
        };
        /** @description A line of a room's history: what became of a card of it. */
        RoomHistoryLine: {
            id: string;
            at: components["schemas"]["Time"];
            /** @enum {string} */
            kind: "issued" | "read" | "cancelled" | "superseded" | "lost" | "retired";
            /** @description The card; null while nobody knows on which. */
            serial: string | null;
            /** @description Id of its card record. */
            record: string;
            holder: string | null;
            /** @description The member or API key that asked for it; null where nobody did. */
            requester: {
                /** @enum {string} */
                kind: "member" | "apiKey";
                id: string;
                name: string | null;
            } | null;
            validFrom: components["schemas"]["Time"];
            /** @description The end that is on the card; of one that is out of use, until when it may still open. */
            validUntil: components["schemas"]["Time"];
        };
        /** @description All rooms of a property with what is out of their keys. */
        KeyRack: {
            /** @description When it was so. */
            at: components["schemas"]["Time"];
            buildings: {
                id: string;
                number: string;
                name: string;
                /** @description The top one first. */
                floors: {
                    id: string;
                    number: string;
                    name: string;
                    rooms: components["schemas"]["RackRoom"][];
                }[];
            }[];
        };
        /** @description A room on the key rack. */
        RackRoom: {
            id: string;
            number: string;
            name: string;
            /**
             * @description `vacant`: no card is known that may open the door now. `attention`: a person has to look.
             * @enum {string}
             */
            state: "vacant" | "out" | "expires-today" | "lost" | "attention";
            /** @description Cards of the guest who has the room now. */
            cards: number;
            /** @description Superseded and lost cards; the lock may open for them until it has seen a newer card. */
            outOfUse: number;
            /** @description When the last of the guest's cards ends; where nobody is in, of those that may open all the same. */
            until: components["schemas"]["Time"] | null;
            normallyOpen: boolean;
            /** @description Cards of stays that begin later. */
            upcoming: number;
            /** @description What is being done for the room at an encoder. */
            busy: ("waiting" | "writing") | null;
            /** @description Why a person has to look, as a cause; null for nothing. */
            attention: string | null;
        };
        FoundGuests: {
            data: components["schemas"]["FoundGuest"][];
        };
        /** @description A guest, with the cards that they have of one room. */
        FoundGuest: {
            room: {
                id: string;
                number: string;
                name: string;
            };
            holder: string | null;
            areaCode: string | null;
            mobile: string | null;
            /**
             * @description `out-of-use`: of cards that are, and that may open all the same.
             * @enum {string}
             */
            stay: "in" | "later" | "out-of-use";
            cards: number;
            validFrom: components["schemas"]["Time"];
            validUntil: components["schemas"]["Time"];
        };
        /** @description One command to a card, from request to recorded outcome. */
        Operation: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "issue" | "read" | "cancel";
            /**
             * @description `rejected`: the card was not changed. `damaged`: it holds neither the old nor the new. `unknown`: nobody can tell yet.
             * @enum {string}
             */
            state: "accepted" | "granted" | "unknown" | "succeeded" | "rejected" | "damaged" | "expired" | "withdrawn" | "written-off";
            /** @description The server was restored from a backup: this waits until its agent has told what it did. */
            held: boolean;
            requester: {
                /** @enum {string} */
                kind: "member" | "apiKey";
                id: string;
                /** @description What they are called; null where they have gone. */
                name: string | null;
                /** @description The developer account of the room-card API that a member asked through. */
                account: string | null;
            };
            room: {
                id: string;
                name: string;
            } | null;
            encoder: {
                id: number | null;
                mac: string;
                name: string | null;
            };
            /** @description Which card of a set of copies it makes, e.g. card 2 of 3; null where it makes one alone. */
            copy: {
                set: components["schemas"]["Id"];
                number: number;
                of: number;
            } | null;
            /** @description The card: wanted, granted or read. Null while any will do. */
            serial: string | null;
            cardRecord: string | null;
            /** @description The card that was shown last and would not do, e.g. the damaged one that a read refused. */
            shownSerial: string | null;
            /** @description Why it ended, or waits; as in the room-card API. */
            cause: string | null;
            /** @description The cause in a sentence, with what to do. */
            explanation: string | null;
            /** @description Of a read that has succeeded. */
            reading: components["schemas"]["CardReading"] | null;
            /** @description Cards that an issue put out of use. A lock may open for them until it has seen the new one. */
            superseded: {
                serial: string;
                mayOpenUntil: components["schemas"]["Time"];
            }[];
            acceptedAt: components["schemas"]["Time"];
            /** @description Nothing is written after it. */
            deadline: components["schemas"]["Time"];
            endedAt: components["schemas"]["Time"] | null;
        };
        /** @description The card that was read, beside what the records believe. */
        CardReading: {
            /**
             * @description `active` alone would open its door. `unknown`: it is genuine, and no record of it is kept.
             * @enum {string}
             */
            state: "active" | "expired" | "superseded" | "lost" | "cancelled" | "unknown" | "blank";
            /** @description What the card says; null for a blank one. */
            card: {
                /** @description Id of the room that it opens. */
                room: string | null;
                validFrom: components["schemas"]["Time"];
                validUntil: components["schemas"]["Time"];
                /** @description Orders the guests of a room: a lock that has seen a higher one refuses this. */
                sequence: number;
                keyVersion: number;
                normallyOpen: boolean;
                networked: boolean;
                lossReport: boolean;
                sharedDoors: boolean;
            } | null;
            /** @description What the records believe to be on it; null where they believe that it is blank. */
            record: {
                id: string;
                status: string;
                /** @description Id of the room that it opens. */
                room: string | null;
                validFrom: components["schemas"]["Time"];
                validUntil: components["schemas"]["Time"];
                /** @description Orders the guests of a room: a lock that has seen a higher one refuses this. */
                sequence: number;
                keyVersion: number;
                normallyOpen: boolean;
                networked: boolean;
                lossReport: boolean;
                sharedDoors: boolean;
            } | null;
            differences: {
                /** @description A field of both, `content`, or `cardRecord` for a card of another record. */
                field: string;
                card: string | number | boolean | null;
                record: string | number | boolean | null;
            }[];
        };
        /** @description What an issue would do to a room's cards. */
        IssuePreview: {
            room: {
                id: string;
                name: string;
            };
            /** @description When the card would begin. */
            validFrom: components["schemas"]["Time"];
            /** @description The cards that it would put out of use. */
            stops: {
                /** @description Id of its card record. */
                record: string;
                serial: string | null;
                holder: string | null;
                /**
                 * @description What it would become.
                 * @enum {string}
                 */
                status: "superseded" | "lost";
                /** @description When: at once, or when the new card begins. */
                at: components["schemas"]["Time"];
                /** @description The lock may open for it until then, or until it has seen the new card. */
                mayOpenUntil: components["schemas"]["Time"];
            }[];
            /** @description The same guest's cards, which go on opening beside it. */
            beside: {
                /** @description Id of its card record. */
                record: string;
                serial: string | null;
                holder: string | null;
            }[];
            /** @description When it would be out of use before its end, since another stay begins then. */
            stopsItself: {
                at: components["schemas"]["Time"];
                /** @description The card record of the stay that begins then. */
                record: string;
            } | null;
        };
        OperationStep: {
            /**
             * @description `granted`: this card might be written from then on. `not-written`: it was not, and it waits again. `unknown`: nobody could tell.
             * @enum {string}
             */
            step: "accepted" | "granted" | "not-written" | "unknown" | "ended";
            at: components["schemas"]["Time"];
            /** @description Who did it: a member, API key, account, agent or the server. The name is today’s. */
            actor: {
                kind: string;
                id: string | null;
                name: string | null;
            };
            /** @description Number of the audit record that tells it. */
            record: number | null;
            /** @description The card, where it was known by then. */
            serial: string | null;
            /**
             * @description Of the operation after it.
             * @enum {string}
             */
            state: "accepted" | "granted" | "unknown" | "succeeded" | "rejected" | "damaged" | "expired" | "withdrawn" | "written-off";
            cause: string | null;
            /** @description The cause in a sentence, with what to do. */
            explanation: string | null;
        };
        /** @description What was asked for in a time, and what became of it. */
        Statistics: {
            /** @description Since when it counts. Later than asked for where there are more operations than it counts. */
            from: components["schemas"]["Time"];
            until: components["schemas"]["Time"];
            /** @description What hours and days are told in: that of the property. */
            timeZone: string;
            total: {
                /** @description All that were accepted. */
                asked: number;
                succeeded: number;
                /** @description Rejected, damaged or expired: no card came, it would not do, or the write failed. */
                failed: number;
                withdrawn: number;
                /** @description Nobody can tell yet, or it was written off. */
                unknown: number;
                /** @description Accepted or granted. */
                open: number;
                /** @description Of those that succeeded or failed, how many succeeded: 0 to 1. Null where there are none. */
                successShare: number | null;
                /** @description Half of those that succeeded took no longer, from the request to the record of the outcome. */
                medianMs: number | null;
                /** @description Nine of ten took no longer. */
                p90Ms: number | null;
            };
            /** @description Every hour, by when operations were asked for, those in which nothing was too. */
            hours: {
                /** @description Its first instant. */
                at: components["schemas"]["Time"];
                /** Format: date */
                day: string;
                /** @description By the clock of the property. Where clocks are set back, one comes twice. */
                hour: number;
                /** @description All that were accepted. */
                asked: number;
                succeeded: number;
                /** @description Rejected, damaged or expired: no card came, it would not do, or the write failed. */
                failed: number;
                withdrawn: number;
                /** @description Nobody can tell yet, or it was written off. */
                unknown: number;
                /** @description Accepted or granted. */
                open: number;
                kinds: {
                    issue: number;
                    read: number;
                    cancel: number;
                };
            }[];
            /** @description Those that were used, the busiest first. */
            encoders: {
                encoder: {
                    id: number | null;
                    mac: string;
                    name: string | null;
                };
                /** @description All that were accepted. */
                asked: number;
                succeeded: number;
                /** @description Rejected, damaged or expired: no card came, it would not do, or the write failed. */
                failed: number;
                withdrawn: number;
                /** @description Nobody can tell yet, or it was written off. */
                unknown: number;
                /** @description Accepted or granted. */
                open: number;
                /** @description Of those that succeeded or failed, how many succeeded: 0 to 1. Null where there are none. */
                successShare: number | null;
                /** @description Half of those that succeeded took no longer, from the request to the record of the outcome. */
                medianMs: number | null;
                /** @description Nine of ten took no longer. */
                p90Ms: number | null;
            }[];
            /** @description Why operations ended otherwise, the most frequent first. */
            causes: {
                cause: string;
                operations: number;
            }[];
        };
        /** @description The cards of one issue with `copies`: equal keys, made one after the other. */
        CopySet: {
            id: components["schemas"]["Id"];
            /**
             * @description `stopped`: no further card is made. The last operation may go on.
             * @enum {string}
             */
            state: "running" | "done" | "stopped";
            /** @description How many cards are wanted. */
            of: number;
            /** @description How many of them were not asked for at the encoder yet, or never will be. */
            left: number;
            /** @description Why it was stopped. */
            cause: string | null;
            /** @description The cause in a sentence, with what to do. */
            explanation: string | null;
            /** @description One for each card that was asked for, in their order. */
            operations: components["schemas"]["Operation"][];
            begunAt: components["schemas"]["Time"];
            endedAt: components["schemas"]["Time"] | null;
        };
        Building: {
            id: components["schemas"]["Id"];
            number: string;
            name: string;
        };
        /** @description A floor; `building` is the id of its building. */
        Floor: {
            id: components["schemas"]["Id"];
            building: components["schemas"]["Id"];
            number: string;
            name: string;
        };
        /**
         * @description The lock types of the room-card API.
         * @enum {string}
         */
        LockType: "RFLOCK-V9" | "QRLOCK" | "QRALOCK" | "QRBLOCK" | "QRMLOCK" | "QRNLOCK" | "QRNLOCK-WIFI";
        /** @description A room with its lock. */
        Room: {
            id: components["schemas"]["Id"];
            building: {
                id: components["schemas"]["Id"];
                number: string;
                name: string;
            };
            floor: {
                id: components["schemas"]["Id"];
                number: string;
                name: string;
            };
            number: string;
            name: string;
            lock: {
                type: components["schemas"]["LockType"];
                /** @description What its keys are made for. It never changes, and no other room ever gets it. */
                number: number;
                /** @description It talks through a gateway; then an issue wants the name of a holder. */
                gateway: boolean;
                /** @description The card key version that it was programmed with; null where nobody told. */
                keyVersion: number | null;
                /** @description When that was told. */
                programmedAt: components["schemas"]["Time"] | null;
            };
        };
        /** @description A front desk: the program on the computer that encoders are plugged into. */
        Agent: {
            id: components["schemas"]["Id"];
            /** @description The name that it was given here, else that of its computer. */
            name: string;
            /** @description What its computer was called when it was paired. */
            computer: string;
            /**
             * @description `suspended`: it is not believed until it is paired anew; `attention` says why. `revoked`: it has ended for good.
             * @enum {string}
             */
            state: "active" | "suspended" | "revoked";
            connected: boolean;
            /** @description Now, while it is connected. Null where it never was. */
            lastSeenAt: components["schemas"]["Time"] | null;
            /** @description Its program and version, as of its last connection. */
            version: string | null;
            /** @description The newest version of the agent protocol that it speaks. Null where that is not known. */
            protocol: number | null;
            /** @description How its program stands to the server's. `current`: Nothing is to be done. `update-available`: It works, and the server has a newer program for it. `update-soon`: It works, and the next version of the server refuses it: update it before. `update-needed`: It is too old, and the server refuses it: update it. `newer`: It is newer than the server, and works: update the server. `server-too-old`: It is newer than the server understands, and is refused: update the server. Later versions may add more. */
            versionState: ("current" | "update-available" | "update-soon" | "update-needed" | "newer" | "server-too-old") | null;
            /** @description The encoders that belong to it. */
            encoders: {
                id: number;
                mac: string;
                name: string;
            }[];
            /** @description Encoders that other front desks tell of too, by the same MAC: nothing is asked for there. */
            disputes: {
                encoder: string;
                others: string[];
            }[];
            /** @description What a person should know about it, with what to do. */
            attention: string | null;
            /** @description The same by a name, to say it in other words. Later versions may add more. */
            attentionKind: ("unknown-write" | "journal-new" | "journal-shorter" | "two-computers" | "too-much-unexplained" | "too-many-journals" | "too-many-restores" | "update-failed") | null;
        };
        /** @description What this server offers. */
        Downloads: {
            data: components["schemas"]["Download"][];
        };
        /** @description A package of the front desk's program. */
        Download: {
            /** @description Of the file. */
            name: string;
            version: string;
            /** @enum {string} */
            system: "linux-x64" | "linux-arm64" | "win-x64";
            bytes: number;
            /** @description In hex. */
            sha256: string;
            /** @description Where this server gives it, to any credential of it or to the link of a pairing code. */
            path: string;
        };
        /** @description A one-time code with which a computer becomes a front desk. */
        PairingCode: {
            /** @description Shown this once. A repeat of the request shows it for ten minutes, and then null. */
            code: string | null;
            /** @description What to type at the front desk; null without the code. */
            command: string | null;
            /** @description Gets each download once without a credential, as `link` of its query, while the code is good; null without the code. */
            downloadLink: string | null;
            replaces: components["schemas"]["Id"] | null;
            expiresAt: components["schemas"]["Time"];
        };
        /** @description A card reader, or a simulated one, at a front desk. */
        Encoder: {
            /** @description Its number in the property, which operations name it by. */
            id: number;
            mac: string;
            /** @description The name that it was given here, else what its front desk calls it. */
            name: string;
            /** @description What its front desk calls it: a reader’s model, unless somebody named it there. */
            toldName: string;
            /** @description The front desk that it belongs to. */
            agent: {
                id: components["schemas"]["Id"];
                name: string;
            } | null;
            /**
             * @description `desk-away`: its front desk is not connected. `unplugged`: its front desk has it no longer. `at-no-desk`: that was revoked.
             * @enum {string}
             */
            presence: "connected" | "desk-away" | "unplugged" | "at-no-desk";
            /** @description It is made of memory alone: no plastic is written there. See docs/sandbox.md. */
            simulated: boolean;
            /** @description Nothing is asked for there until one front desk alone has it. */
            disputed: boolean;
            /** @description Other front desks that tell of the same MAC. */
            others: {
                id: components["schemas"]["Id"];
                name: string;
            }[];
            /** @description It serves card types 2 and 3, whose requests go to where their member is signed in. */
            forSignedIn: boolean;
            /** @description What was chosen here for `forSignedIn`; null where its front desk says. */
            chosen: boolean | null;
            /** @description What is asked for there, in the order in which it is carried out. */
            queue: {
                /** @description Its id. */
                operation: string;
                /** @enum {string} */
                kind: "issue" | "read" | "cancel";
                /** @description `granted`: it is being written. `accepted`: it waits. */
                state: string;
                acceptedAt: components["schemas"]["Time"];
                deadline: components["schemas"]["Time"];
            }[];
        };
        /** @description A version of a property's card key. The key itself never leaves the server. */
        CardKey: {
            version: number;
            /**
             * @description `current`: new cards are written under it. `previous`: locks accept its cards still. `older`: its cards open nothing.
             * @enum {string}
             */
            state: "current" | "previous" | "older";
            /** @description Rooms whose locks were programmed with it last, as far as anybody told. */
            locks: number;
        };
        /** @description What one lock is programmed with, sealed for one recipient. */
        LockExport: {
            room: {
                id: string;
                name: string;
            } | null;
            lockType: components["schemas"]["LockType"] | null;
            /** @description The versions of the card key that it holds. */
            versions: number[];
            recipient: string;
            /** @description A repeat of the request shows it for ten minutes, and then null. `keyrack locks open` opens it. */
            sealed: string | null;
        };
        /** @description A credential of a program that uses /v1. */
        ApiKey: {
            id: components["schemas"]["Id"];
            name: string;
            /** @description How its token begins, to know it by. */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            /** @description The properties that it acts for; `all` includes later ones. */
            properties: "all" | components["schemas"]["Id"][];
            /** @description The key in the data folder, which may do everything. */
            owner: boolean;
            createdAt: components["schemas"]["Time"];
            expiresAt: components["schemas"]["Time"] | null;
            revokedAt: components["schemas"]["Time"] | null;
            /** @description To a minute. Null where it never was. */
            lastUsedAt: components["schemas"]["Time"] | null;
        };
        /**
         * @description What an API key may do; see docs/rights.md.
         * @enum {string}
         */
        Scope: "admin" | "read" | "cards" | "members" | "rooms" | "audit" | "webhooks" | "sandbox";
        /** @description A new API key with its token. */
        CreatedApiKey: {
            id: components["schemas"]["Id"];
            name: string;
            /** @description How its token begins, to know it by. */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            /** @description The properties that it acts for; `all` includes later ones. */
            properties: "all" | components["schemas"]["Id"][];
            /** @description The key in the data folder, which may do everything. */
            owner: boolean;
            createdAt: components["schemas"]["Time"];
            expiresAt: components["schemas"]["Time"] | null;
            revokedAt: components["schemas"]["Time"] | null;
            /** @description Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null. */
            token: string | null;
        };
        /**
         * @description What a member does at the property; see docs/rights.md.
         * @enum {string}
         */
        MemberRole: "administrator" | "receptionist" | "auditor";
        /** @description A person's place at one property. */
        Member: {
            id: components["schemas"]["Id"];
            name: string;
            role: components["schemas"]["MemberRole"];
            /** @description The country code of `mobile`, without a plus. */
            areaCode: string | null;
            mobile: string | null;
            /** @description In lower case. */
            email: string | null;
            /** @description Whether they may issue, read and cancel cards. */
            issuingPermission: boolean;
            /** @description False for somebody who left: nothing is done in their name. */
            active: boolean;
            /** @description When their password was last right, or they were active where they are signed in; to a minute. */
            lastActiveAt: components["schemas"]["Time"] | null;
            /** @description Since when a person has taken it on, who signs in with a password of their own; null for nobody. */
            joinedAt: components["schemas"]["Time"] | null;
            /** @description Until when an invitation is good that nobody has used yet. It may be over, and null says that there is none. */
            invitedUntil: components["schemas"]["Time"] | null;
        };
        /** @description A link by which a member sets their password, once. */
        PasswordLink: {
            /** @description Opens the page where the member sets their password. It is shown this once; a repeat of the request shows it for ten minutes, and then null. */
            link: string | null;
            expiresAt: components["schemas"]["Time"];
        };
        /** @description What `navigator.credentials.get` led to, by `toJSON()`. */
        ShownPasskey: {
            /** @description base64url. */
            id: string;
            /** @description base64url. */
            rawId: string;
            /** @constant */
            type: "public-key";
            authenticatorAttachment?: string | null;
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            response: {
                /** @description base64url. */
                clientDataJSON: string;
                /** @description base64url. */
                authenticatorData: string;
                /** @description base64url. */
                signature: string;
                userHandle?: string | null;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description For `PublicKeyCredential.parseRequestOptionsFromJSON`, and then `navigator.credentials.get`. */
        PasskeyRequest: {
            rpId: string;
            /** @description Good for five minutes. */
            challenge: string;
            timeout: number;
            /** @enum {string} */
            userVerification: "required" | "preferred";
            allowCredentials?: {
                id: string;
                type: string;
                transports?: string[];
            }[];
        };
        /** @description Somebody signed in at /v1. */
        Session: {
            id: components["schemas"]["Id"];
            /**
             * @description `member`: one membership, opened by its own password. `person`: all that the person has joined.
             * @enum {string}
             */
            kind: "member" | "person";
            /**
             * @description Only an open one lets anybody do anything. A half-open one waits for the second factor.
             * @enum {string}
             */
            state: "open" | "half-open";
            createdAt: components["schemas"]["Time"];
            /** @description To a minute. */
            lastUsedAt: components["schemas"]["Time"];
            /** @description It ends then at the latest, and an hour after its last use. A half-open one has five minutes. */
            expiresAt: components["schemas"]["Time"];
            /** @description Where it was opened from. */
            address: string;
            /** @description What the client called itself. */
            client: string | null;
            /** @description Whether this request came by it. */
            current: boolean;
        };
        /** @description Who is signed in, and where they have a place. */
        Myself: {
            session: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "member" | "person";
            /** @description Null where a membership was signed in to by its own password. */
            person: components["schemas"]["Person"] | null;
            memberships: {
                property: {
                    id: components["schemas"]["Id"];
                    number: string;
                    name: string;
                    timeZone: string;
                    checkOutTime: string;
                };
                member: components["schemas"]["Id"];
                name: string;
                role: components["schemas"]["MemberRole"];
                /** @description What the role allows there. To work with cards, `issuingPermission` is needed besides. */
                rights: components["schemas"]["Right"][];
                issuingPermission: boolean;
            }[];
            /** @description What an owner of the installation may do at every property, joined or not; null for others. */
            ownerRights: components["schemas"]["Right"][] | null;
        };
        /**
         * @description What somebody may do; docs/rights.md explains each.
         * @enum {string}
         */
        Right: "properties.read" | "properties.write" | "properties.create" | "rooms.read" | "rooms.write" | "members.read" | "members.write" | "accounts.read" | "accounts.write" | "apiKeys.read" | "apiKeys.write" | "agents.read" | "agents.write" | "encoders.read" | "encoders.write" | "cards.read" | "cards.write" | "operations.read" | "operations.write" | "operations.settle" | "lockKeys.read" | "lockKeys.write" | "audit.read" | "events.read" | "guests.delete" | "webhooks.read" | "webhooks.write" | "sandbox.write" | "installation.owner" | "self.read" | "self.write";
        /** @description What a person shows besides their password when they sign in. */
        Factors: {
            /** @description An app that shows one-time codes; null where none was confirmed. */
            authenticator: {
                createdAt: components["schemas"]["Time"];
                lastUsedAt: components["schemas"]["Time"] | null;
            } | null;
            passkeys: components["schemas"]["Passkey"][];
            /** @description Null where none were made. */
            recoveryCodes: {
                createdAt: components["schemas"]["Time"];
                /** @description How many were not used yet. */
                left: number;
            } | null;
        };
        /** @description A key of a computer, phone or security key (WebAuthn). */
        Passkey: {
            id: components["schemas"]["Id"];
            name: string;
            /** @description The name of the host that it is for. Elsewhere it opens nothing. */
            host: string;
            createdAt: components["schemas"]["Time"];
            lastUsedAt: components["schemas"]["Time"] | null;
        };
        /** @description What an app needs to show codes: SHA-1, six digits, 30 seconds. */
        NewAuthenticator: {
            /** @description In base32, to type it into an app. It is shown this once; a repeat of the request shows it for ten minutes, and then null. Then begin again. */
            secret: string | null;
            /** @description `otpauth:`, to show it as a QR code. It is shown this once; a repeat of the request shows it for ten minutes, and then null. Then begin again. */
            uri: string | null;
        };
        /** @description Each is good for one sign-in, in the place of a factor that was lost. */
        RecoveryCodes: {
            /** @description They are shown this once; a repeat of the request shows them for ten minutes, and then null. */
            codes: string[] | null;
            createdAt: components["schemas"]["Time"];
        };
        /** @description For `PublicKeyCredential.parseCreationOptionsFromJSON`, and then `navigator.credentials.create`. */
        PasskeyCreation: {
            rp: {
                id: string;
                name: string;
            };
            user: {
                id: string;
                name: string;
                displayName: string;
            };
            /** @description Good for five minutes. */
            challenge: string;
            pubKeyCredParams: {
                /** @constant */
                type: "public-key";
                alg: number;
            }[];
            timeout: number;
            excludeCredentials: {
                id: string;
                type: string;
                transports?: string[];
            }[];
            authenticatorSelection: {
                /** @constant */
                residentKey: "preferred";
                requireResidentKey: boolean;
                /** @constant */
                userVerification: "preferred";
            };
            /** @constant */
            attestation: "none";
        };
        /** @description What `navigator.credentials.create` led to, by `toJSON()`. */
        MadePasskey: {
            /** @description base64url. */
            id: string;
            /** @description base64url. */
            rawId: string;
            /** @constant */
            type: "public-key";
            authenticatorAttachment?: string | null;
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            response: {
                /** @description base64url. */
                clientDataJSON: string;
                /** @description base64url. */
                attestationObject: string;
                transports?: string[];
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description What a one-time link lets its bearer do. */
        LinkFacts: {
            /** @enum {string} */
            to: "set-password" | "set-person-password" | "join" | "own" | "sign-in";
            /** @description Of whom it is for; null where it is for whoever has it. */
            name: string | null;
            /** @description The name of the property; null where it is for none. */
            property: string | null;
            expiresAt: components["schemas"]["Time"];
        };
        /** @description Good for one use, by one person. */
        Invitation: {
            /** @description For the person alone. It is shown this once; a repeat of the request shows it for ten minutes, and then null. */
            token: string | null;
            expiresAt: components["schemas"]["Time"];
        };
        /** @description How long names and phones of guests are kept. */
        GuestDataRule: {
            /** @description Days after the end of the stay; null: until they are deleted. */
            keptDays: number | null;
        };
        DeletedGuestData: {
            /** @description Card records from which name, gender and phone were deleted. */
            records: number;
            /** @description False where there are more: send it again. */
            complete: boolean;
        };
        /** @description A software vendor's credentials of the room-card API. */
        Account: {
            /** @description The `accountSid` of the room-card API. */
            sid: string;
            name: string;
            state: components["schemas"]["AccountState"];
            /** @description The properties that it may act for; the first 1,000 of them. */
            properties: components["schemas"]["Id"][];
            /** @description Where it may ask from; empty for anywhere. */
            addressRanges: string[];
            /** @description Whether it may use the room-card API. */
            roomCardApi: boolean;
            /** @description Whether it may sign by form A, which can be replayed. */
            signatureA: boolean;
            /** @description Until when the token before signs too. */
            previousTokenUntil: components["schemas"]["Time"] | null;
        };
        /** @enum {string} */
        AccountState: "active" | "suspended";
        /** @description A new developer account with its token. */
        CreatedAccount: {
            /** @description The `accountSid` of the room-card API. */
            sid: string;
            name: string;
            state: components["schemas"]["AccountState"];
            /** @description The properties that it may act for; the first 1,000 of them. */
            properties: components["schemas"]["Id"][];
            /** @description Where it may ask from; empty for anywhere. */
            addressRanges: string[];
            /** @description Whether it may use the room-card API. */
            roomCardApi: boolean;
            /** @description Whether it may sign by form A, which can be replayed. */
            signatureA: boolean;
            /** @description Until when the token before signs too. */
            previousTokenUntil: components["schemas"]["Time"] | null;
            /** @description The `authToken`. Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null. */
            token: string | null;
        };
        /** @description A new token of a developer account. */
        AccountToken: {
            /** @description The `authToken`. Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null. */
            token: string | null;
            previousTokenUntil: components["schemas"]["Time"] | null;
        };
        /** @description A developer account that may act for a property. */
        PropertyAccount: {
            /** @description The `accountSid` of the room-card API. */
            sid: string;
            name: string;
            state: components["schemas"]["AccountState"];
        };
        EventsPage: {
            data: components["schemas"]["Event"][];
            /** @description Send it as `cursor` for what comes behind these. There always is one. */
            cursor: string;
            /** @description Whether there is more by now; else ask again later, or follow the stream. */
            more: boolean;
        };
        /** @description Something that happened. It is never changed. */
        Event: {
            /** @description The same whenever and however the event is told. */
            id: string;
            /** @description E.g. `card.superseded`; docs/events.md lists them. Later versions may add more. */
            type: string;
            timestamp: components["schemas"]["Time"];
            /** @description Null for what concerns the whole installation. */
            property: string | null;
            /** @description Its place among the events of its property: 1, 2, 3 …, each once. */
            number: number;
            actor: components["schemas"]["Actor"];
            /** @description What happened: ids, and no data of guests. */
            data: {
                [key: string]: unknown;
            };
        };
        Actor: {
            /** @description `owner`, `apiKey`, `member`, `person`, `account`, `agent`, `server` or `operator`; later versions may add more. */
            kind: string;
            /** @description Null where the kind says all. */
            id: string | null;
        };
        /** @description Where events are sent to. */
        Webhook: {
            id: components["schemas"]["Id"];
            url: string;
            /** @description Only events of these types are sent; null for all. */
            types: string[] | null;
            /**
             * @description `disabled`: the server ended it; see `disabledWhy`. `paused`: somebody did.
             * @enum {string}
             */
            state: "active" | "paused" | "disabled";
            /** @description `gone`: its receiver answered 410. `failing`: nothing arrived for five days. */
            disabledWhy: ("gone" | "failing") | null;
            createdAt: components["schemas"]["Time"];
            /** @description Until then the secret before signs, too. Null where there is none. */
            previousSecretUntil: components["schemas"]["Time"] | null;
            /** @description Events of its log that it has not got to yet; up to 200 of types that it does not want may be among them. */
            behind: number;
            /** @description Deliveries that failed and are sent again. */
            waiting: number;
            /** @description Deliveries that failed for good, unless somebody has them sent again. */
            dead: number;
            lastDeliveredAt: components["schemas"]["Time"] | null;
            /** @description Since when nothing arrived. Null where the last delivery did. */
            failingSince: components["schemas"]["Time"] | null;
        };
        /** @description A new webhook with its secret. */
        CreatedWebhook: {
            id: components["schemas"]["Id"];
            url: string;
            /** @description Only events of these types are sent; null for all. */
            types: string[] | null;
            /**
             * @description `disabled`: the server ended it; see `disabledWhy`. `paused`: somebody did.
             * @enum {string}
             */
            state: "active" | "paused" | "disabled";
            /** @description `gone`: its receiver answered 410. `failing`: nothing arrived for five days. */
            disabledWhy: ("gone" | "failing") | null;
            createdAt: components["schemas"]["Time"];
            /** @description Until then the secret before signs, too. Null where there is none. */
            previousSecretUntil: components["schemas"]["Time"] | null;
            /** @description Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null. */
            secret: string | null;
        };
        WebhookSecret: {
            /** @description Keep it: it is shown this once. A repeat of the request shows it for ten minutes, and then null. */
            secret: string | null;
            /** @description Until then the secret before signs, too. */
            previousSecretUntil: components["schemas"]["Time"];
        };
        /** @description What came of a test. */
        TestedWebhook: {
            delivered: boolean;
            /** @description What the receiver answered; null for nothing. */
            status: number | null;
            /** @description `address`: nothing is sent to its address. `status`: it did not answer with 2xx. `redirect`: nobody follows it. */
            problem: ("address" | "connection" | "timeout" | "redirect" | "status") | null;
            /** @description How long it took. */
            ms: number;
        };
        /** @description What came of sending one event. Kept for some days. */
        WebhookDelivery: {
            /** @description The event's number. */
            number: number;
            type: string;
            /** @enum {string} */
            state: "waiting" | "delivered" | "dead";
            attempts: number;
            firstAt: components["schemas"]["Time"];
            lastAt: components["schemas"]["Time"];
            /** @description When it is sent again. */
            nextAt: components["schemas"]["Time"] | null;
            /** @description What the receiver answered; null for nothing. */
            status: number | null;
            /** @description `address`: nothing is sent to its address. `status`: it did not answer with 2xx. `redirect`: nobody follows it. */
            problem: ("address" | "connection" | "timeout" | "redirect" | "status") | null;
            /** @description How long it took. */
            ms: number;
        };
        ReplayedDeliveries: {
            replayed: number;
            more: boolean;
        };
        /** @description One record of an audit log. It is never changed or removed. */
        AuditRecord: {
            /** @description 1, 2, 3 … in each log, without a gap. */
            number: number;
            at: components["schemas"]["Time"];
            /** @description What was done, e.g. `operation-accepted`. */
            action: string;
            actor: components["schemas"]["Actor"];
            operation: components["schemas"]["Id"] | null;
            /** @description The room that it is about, as it is called today. */
            room: {
                id: string;
                name: string;
            } | null;
            /** @description What was done, as it was recorded. Names no guest. */
            details: {
                [key: string]: unknown;
            };
            /** @description By id, what the actor and all that `details` names are called today. What has gone is missing. */
            names: {
                [key: string]: string;
            };
            /** @description Covers this record and the hash of the one before. */
            hash: string;
        };
        AuditVerification: {
            /** @description Records that were looked at, in all answers so far. */
            records: number;
            /** @description Number of the first record that does not follow from the one before; null for none. */
            brokenAt: number | null;
            /** @description The last one. Note it elsewhere: a log that was cut off at its end has it no longer. */
            head: {
                number: number;
                hash: string;
            } | null;
            /** @description Send it as `cursor` to go on. Null where all is proved. */
            nextCursor: string | null;
        };
        /** @description A simulated encoder, as the hands at the desk see it. */
        Sandbox: {
            /** @description The card that lies there. */
            card: {
                serial: string;
                chip: string;
            } | null;
            /** @description How the operation that waits there, or else the next one, is made to fail. */
            failure: components["schemas"]["SandboxFailure"] | null;
        };
        /**
         * @description The cause that the operation is to end with; docs/sandbox.md explains each.
         * @enum {string}
         */
        SandboxFailure: "not-a-room-card" | "chip-not-written" | "encoder-unfit" | "card-not-answering" | "encoder-in-use" | "encoder-hung" | "encoder-offline" | "no-card" | "other-card" | "card-unreadable" | "foreign-card" | "card-garbled" | "card-checksum" | "card-copied" | "card-changed" | "not-carried-out" | "write-failed" | "card-damaged" | "outcome-unknown" | "outcome-open" | "declined";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSetUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it is set up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpState"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # in the set-up link. */
                    token: string;
                    owner: {
                        name: string;
                        /** @description The country code of `mobile`: 1 to 4 digits, without a plus. */
                        areaCode?: string | null;
                        /** @description 4 to 15 digits, without the country code. */
                        mobile?: string | null;
                        /** @description An e-mail address. It is kept in lower case. */
                        email?: string | null;
                        /** @description The password itself; clients of the room-card API send its md5. */
                        password: string;
                    };
                    property: {
                        /** @description Ten digits are drawn where it is left out. */
                        number?: string;
                        name: string;
                        /** @description A name of the IANA time zone database, e.g. `Asia/Shanghai`. */
                        timeZone: string;
                        /** @description A time of day by the clock of the property, e.g. `12:00`. */
                        checkOutTime?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Who owns it, the property, and their session. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpDone"];
                };
            };
        };
    };
    listProperties: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of properties. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Property"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number: string;
                    name: string;
                    /** @description A name of the IANA time zone database, e.g. `Asia/Shanghai`. */
                    timeZone: string;
                    /** @description A time of day by the clock of the property, e.g. `12:00`. */
                    checkOutTime?: string;
                };
            };
        };
        responses: {
            /** @description The new property. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
        };
    };
    getProperty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The property. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
        };
    };
    changeProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number?: string;
                    name?: string;
                    /** @description A name of the IANA time zone database, e.g. `Asia/Shanghai`. */
                    timeZone?: string;
                    /** @description A time of day by the clock of the property, e.g. `12:00`. */
                    checkOutTime?: string;
                };
            };
        };
        responses: {
            /** @description The property as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
        };
    };
    listCards: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only cards of whose content this is known. */
                plastic?: "written" | "erased" | "damaged" | "unknown";
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ListedCard"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                card: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The card. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Card"];
                };
            };
        };
    };
    retireCard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                card: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It counts as lost. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        serial: string;
                        mayOpenUntil: components["schemas"]["Time"];
                    };
                };
            };
        };
    };
    listCardRecords: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only what was on this card: its serial in upper-case hex. */
                card?: string;
                /** @description Id of a room. */
                room?: string;
                status?: "pending" | "void" | "active" | "upcoming" | "expired" | "superseded" | "lost" | "cancelled";
                /** @description Only those for which a lock may open now: in use, or out of use and not known to have been shut out, or nobody can tell. */
                mayOpen?: "true";
                /** @description Issued at this time or later. */
                from?: string;
                /** @description Issued before this time. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of card records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CardRecord"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getCardRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                record: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The card record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardRecord"];
                };
            };
        };
    };
    getRoomCards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                room: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomCards"];
                };
            };
        };
    };
    listRoomHistory: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only these, with commas between them: `issued`, `read`, `cancelled`, `superseded`, `lost`, `retired`. */
                kinds?: string;
                /** @description At this time or later. */
                from?: string;
                /** @description Before this time. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                room: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the history. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RoomHistoryLine"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getKeyRack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rack as it is now, whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRack"];
                };
            };
        };
    };
    followProperty: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event that came, as browsers send it when they connect again. Goes before `cursor`. */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changes, as it does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    searchGuests: {
        parameters: {
            query: {
                /** @description A part of the name, in any case, or three digits and more of the phone. */
                search: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The guests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundGuests"];
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description `open`: accepted or granted. */
                state?: "accepted" | "granted" | "unknown" | "succeeded" | "rejected" | "damaged" | "expired" | "withdrawn" | "written-off" | "open";
                /** @description Only those that wait for their agent after a restore. */
                held?: "true";
                /** @description Only those that a person has to look after: unknown ones, damaged ones whose card still is, and those that are held. */
                attention?: "true";
                kind?: "issue" | "read" | "cancel";
                /** @description Id of a room. */
                room?: string;
                /** @description Id of an encoder. */
                encoder?: string;
                /** @description Id of the member or API key that asked. */
                requester?: string;
                /** @description Accepted at this time or later. */
                from?: string;
                /** @description Accepted before this time. */
                until?: string;
                /** @description A part of the room's name or number, the end of the card's serial, or the whole id of an operation. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of operations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Operation"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description `wait=20`: answer when it has ended, or after so many seconds at the latest. Else it answers at once. */
                Prefer?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "issue";
                    /** @description The id of the encoder, whatever the lock's type. Without one, the desk decides where the member is signed in. An API key is signed in nowhere: it must name one. */
                    encoder?: number;
                    /** @description Id of the room. */
                    room: string;
                    /**
                     * @description `new`: for a new guest, whose card stops those of the guest before. `duplicate`: for the guest who has the room; with a later end it extends the stay. `lost`: as `new`, and it ends all earlier cards of the room as lost.
                     * @enum {string}
                     */
                    mode: "new" | "duplicate" | "lost";
                    /**
                     * Format: date-time
                     * @description When the card begins, to the minute; at once unless told. It stops other cards then.
                     */
                    validFrom?: string;
                    /**
                     * Format: date-time
                     * @description When it ends, to the minute: a card knows no seconds.
                     */
                    validUntil: string;
                    /**
                     * @description How many equal cards are made, one after the other, each with an operation of its own. The next is accepted when the one before has succeeded.
                     * @default 1
                     */
                    copies?: number;
                    /** @description The guest. A duplicate takes them from the card that it duplicates, where they are left out. */
                    holder?: {
                        name?: string;
                        /** @enum {string} */
                        gender?: "female" | "male";
                        areaCode?: string;
                        mobile?: string;
                    };
                    /** @description Using the card turns the lock's staying open on and off. A duplicate takes it from the card that it duplicates, where it is left out; any other card doesn't then. */
                    normallyOpen?: boolean;
                    /** @description Left out, it is taken as `normallyOpen` is. */
                    networked?: boolean;
                } | {
                    /** @constant */
                    kind: "read";
                    /** @description The id of the encoder, whatever the lock's type. Without one, the desk decides where the member is signed in. An API key is signed in nowhere: it must name one. */
                    encoder?: number;
                } | {
                    /** @constant */
                    kind: "cancel";
                    /** @description The id of the encoder, whatever the lock's type. Without one, the desk decides where the member is signed in. An API key is signed in nowhere: it must name one. */
                    encoder?: number;
                    /** @description The card's serial in upper-case hex. */
                    serial: string;
                };
            };
        };
        responses: {
            /** @description The operation, which has ended: see its state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description The operation, which goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
        };
    };
    previewIssue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "issue";
                    /** @description The id of the encoder, whatever the lock's type. Without one, the desk decides where the member is signed in. An API key is signed in nowhere: it must name one. */
                    encoder?: number;
                    /** @description Id of the room. */
                    room: string;
                    /**
                     * @description `new`: for a new guest, whose card stops those of the guest before. `duplicate`: for the guest who has the room; with a later end it extends the stay. `lost`: as `new`, and it ends all earlier cards of the room as lost.
                     * @enum {string}
                     */
                    mode: "new" | "duplicate" | "lost";
                    /**
                     * Format: date-time
                     * @description When the card begins, to the minute; at once unless told. It stops other cards then.
                     */
                    validFrom?: string;
                    /**
                     * Format: date-time
                     * @description When it ends, to the minute: a card knows no seconds.
                     */
                    validUntil: string;
                    /**
                     * @description How many equal cards are made, one after the other, each with an operation of its own. The next is accepted when the one before has succeeded.
                     * @default 1
                     */
                    copies?: number;
                    /** @description The guest. A duplicate takes them from the card that it duplicates, where they are left out. */
                    holder?: {
                        name?: string;
                        /** @enum {string} */
                        gender?: "female" | "male";
                        areaCode?: string;
                        mobile?: string;
                    };
                    /** @description Using the card turns the lock's staying open on and off. A duplicate takes it from the card that it duplicates, where it is left out; any other card doesn't then. */
                    normallyOpen?: boolean;
                    /** @description Left out, it is taken as `normallyOpen` is. */
                    networked?: boolean;
                };
            };
        };
        responses: {
            /** @description What it would do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuePreview"];
                };
            };
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=20`: answer when it has ended, or after so many seconds at the latest. Else it answers at once. */
                Prefer?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                operation: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
        };
    };
    getOperationSteps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                operation: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its steps, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OperationStep"][];
                    };
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /** @description Asked for at this time or later; the start of today unless told. */
                from?: string;
                /** @description Asked for before this time; now unless told. At most 31 days behind `from`. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statistics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
        };
    };
    withdrawOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                operation: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
        };
    };
    writeOffOperation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                operation: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
        };
    };
    getCopySet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                set: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The set as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopySet"];
                };
            };
        };
    };
    withdrawCopySet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                set: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The set, which has been stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CopySet"];
                };
            };
        };
    };
    listBuildings: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of buildings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Building"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createBuilding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The new building. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
        };
    };
    getBuilding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                building: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The building. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
        };
    };
    removeBuilding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                building: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeBuilding: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                building: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number?: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description The building as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
        };
    };
    listFloors: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only floors of this building. */
                building?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of floors. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Floor"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createFloor: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    building: components["schemas"]["Id"];
                    /** @description 1 to 20 letters and digits. */
                    number: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The new floor. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Floor"];
                };
            };
        };
    };
    getFloor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                floor: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The floor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Floor"];
                };
            };
        };
    };
    removeFloor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                floor: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeFloor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                floor: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number?: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description The floor as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Floor"];
                };
            };
        };
    };
    listRooms: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only rooms of this building. */
                building?: components["schemas"]["Id"];
                /** @description Only rooms of this floor. */
                floor?: components["schemas"]["Id"];
                lockType?: components["schemas"]["LockType"];
                /** @description Only locks that were programmed with the current card key, with an old one, or of which nobody told. */
                lockKey?: "current" | "old" | "unknown";
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rooms. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Room"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    floor: components["schemas"]["Id"];
                    /** @description 1 to 20 letters and digits. */
                    number: string;
                    name: string;
                    lock: {
                        type: components["schemas"]["LockType"];
                        number?: number;
                        gateway?: boolean;
                        keyVersion?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The new room. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
        };
    };
    importRooms: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dryRun?: boolean;
                    rooms: {
                        /** @description 1 to 20 letters and digits. */
                        building: string;
                        buildingName?: string;
                        /** @description 1 to 20 letters and digits. */
                        floor: string;
                        floorName?: string;
                        /** @description 1 to 20 letters and digits. */
                        number: string;
                        name?: string;
                        lockType: components["schemas"]["LockType"];
                        gateway?: boolean;
                        lockNumber?: number;
                        keyVersion?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description What was done, or would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dryRun: boolean;
                        added: number;
                        changed: number;
                        unchanged: number;
                    };
                };
            };
        };
    };
    getRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                room: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The room with its lock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
        };
    };
    removeRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                room: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeRoom: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                room: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 20 letters and digits. */
                    number?: string;
                    name?: string;
                    lock?: {
                        type?: components["schemas"]["LockType"];
                        gateway?: boolean;
                        keyVersion?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The room as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description `suspended`: it is not believed until it is paired anew; `attention` says why. `revoked`: it has ended for good. */
                state?: "active" | "suspended" | "revoked";
                connected?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of front desks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Agent"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    listDownloads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Downloads"];
                };
            };
        };
    };
    createPairingCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id of a front desk. */
                    replaces?: string | null;
                };
            };
        };
        responses: {
            /** @description The code, and the command for the front desk. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PairingCode"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The front desk. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    forgetAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is listed no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | null;
                };
            };
        };
        responses: {
            /** @description The front desk as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    revokeAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The front desk, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    listEncoders: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only those of this front desk. */
                agent?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of encoders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Encoder"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getEncoder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The encoder, with what waits there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Encoder"];
                };
            };
        };
    };
    forgetEncoder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is listed no longer. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeEncoder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description With null it is called as its front desk calls it. */
                    name?: string | null;
                    /** @description True: card types 2 and 3 go to this encoder of its front desk, and to no other there. With null, that front desk says again which one they go to. */
                    forSignedIn?: boolean | null;
                };
            };
        };
        responses: {
            /** @description The encoder as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Encoder"];
                };
            };
        };
    };
    listCardKeys: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CardKey"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    rotateCardKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description True rotates although locks are behind, because a key was stolen, say: program them at once, and issue the cards of their guests anew. */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description The new version. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardKey"];
                };
            };
        };
    };
    exportLock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id of the room; null for the doors that all guests share. */
                    room: components["schemas"]["Id"] | null;
                    /** @description The public key of whoever programs the lock: the line that `keyrack locks new-key` prints. */
                    recipient: string;
                };
            };
        };
        responses: {
            /** @description What the lock is programmed with. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LockExport"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of API keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiKey"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: components["schemas"]["Scope"][];
                    /** @description Ids of the properties that it acts for, or `all`, with later ones. */
                    properties: "all" | components["schemas"]["Id"][];
                    /** @description When it ends by itself; unless told, never, or with the key that makes it. */
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description The new API key, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKey: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API key, without its token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKey: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                role?: components["schemas"]["MemberRole"];
                active?: "true" | "false";
                issuingPermission?: "true" | "false";
                /** @description Part of a name, a mobile (with or without its area code) or an e-mail, in any case. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of members. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    role: components["schemas"]["MemberRole"];
                    /** @description The country code of `mobile`: 1 to 4 digits, without a plus. */
                    areaCode?: string | null;
                    /** @description 4 to 15 digits, without the country code. */
                    mobile?: string | null;
                    /** @description An e-mail address. It is kept in lower case. */
                    email?: string | null;
                    issuingPermission?: boolean;
                    /** @description The password itself; clients of the room-card API send its md5. */
                    password?: string;
                    /** @description The md5 of the password in hex, as clients of the room-card API send it: for who moves over and keeps it. Give it or `password`. */
                    passwordMd5?: string;
                };
            };
        };
        responses: {
            /** @description The new member. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    role?: components["schemas"]["MemberRole"];
                    /** @description The country code of `mobile`: 1 to 4 digits, without a plus. */
                    areaCode?: string | null;
                    /** @description 4 to 15 digits, without the country code. */
                    mobile?: string | null;
                    /** @description An e-mail address. It is kept in lower case. */
                    email?: string | null;
                    issuingPermission?: boolean;
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description The member as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    setMemberPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The password itself; clients of the room-card API send its md5. */
                    password?: string;
                    /** @description The md5 of the password in hex, as clients of the room-card API send it: for who moves over and keeps it. Give it or `password`. */
                    passwordMd5?: string;
                };
            };
        };
        responses: {
            /** @description The new password holds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Within 30 days; in three days unless told.
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Session"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id or number of the property, to sign in with a membership's password. */
                    property?: string;
                    areaCode?: string;
                    mobile?: string;
                    email?: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description The session, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSession"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The `token` of the half-open session. */
                    session: string;
                    /** @description The six digits that the app shows now. */
                    code?: string;
                    recoveryCode?: string;
                    passkey?: components["schemas"]["ShownPasskey"];
                };
            };
        };
        responses: {
            /** @description The open session, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSession"];
                };
            };
        };
    };
    askForPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The `token` of a half-open session. */
                    session?: string;
                };
            };
        };
        responses: {
            /** @description What to show a passkey by. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequest"];
                };
            };
        };
    };
    createPasskeySession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passkey: components["schemas"]["ShownPasskey"];
                };
            };
        };
        responses: {
            /** @description The session, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSession"];
                };
            };
        };
    };
    createLinkSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind `link=` in the link. */
                    link: string;
                };
            };
        };
        responses: {
            /** @description The session, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSession"];
                };
            };
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: components["schemas"]["Id"] | "current";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMyself: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Myself"];
                };
            };
        };
    };
    setMyName: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description They are called so. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currentPassword: string;
                    /** @description The password itself; clients of the room-card API send its md5. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The new password holds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    joinMembership: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    invitation: string;
                };
            };
        };
        responses: {
            /** @description The person, who has joined. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
        };
    };
    getMyFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The factors. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factors"];
                };
            };
        };
    };
    createAuthenticator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The person's own. */
                    currentPassword: string;
                };
            };
        };
        responses: {
            /** @description The secret for the app. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAuthenticator"];
                };
            };
        };
    };
    confirmAuthenticator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits that the app shows now. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description The factors. Make recovery codes next. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Factors"];
                };
            };
        };
    };
    removeAuthenticator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The person's own. */
                    currentPassword: string;
                };
            };
        };
        responses: {
            /** @description Its codes open nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createRecoveryCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The person's own. */
                    currentPassword: string;
                };
            };
        };
        responses: {
            /** @description The codes. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    listPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passkeys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Passkey"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What its owner calls it, e.g. `Laptop`. */
                    name: string;
                    passkey: components["schemas"]["MadePasskey"];
                };
            };
        };
        responses: {
            /** @description The passkey. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The person's own. */
                    currentPassword: string;
                };
            };
        };
        responses: {
            /** @description What to make a passkey by. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreation"];
                };
            };
        };
    };
    changePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What its owner calls it, e.g. `Laptop`. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description The passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                passkey: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The person's own. */
                    currentPassword: string;
                };
            };
        };
        responses: {
            /** @description It opens nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    lookAtLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    link: string;
                };
            };
        };
        responses: {
            /** @description What it is for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkFacts"];
                };
            };
        };
    };
    setPasswordByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # in the link. */
                    link: string;
                    /** @description The password itself; clients of the room-card API send its md5. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The new password holds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPersons: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of persons. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Person"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    invitation: string;
                    name: string;
                    /** @description The country code of `mobile`: 1 to 4 digits, without a plus. */
                    areaCode?: string | null;
                    /** @description 4 to 15 digits, without the country code. */
                    mobile?: string | null;
                    /** @description An e-mail address. It is kept in lower case. */
                    email?: string | null;
                    /** @description The password itself; clients of the room-card API send its md5. */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The new person. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Within 30 days; in three days unless told.
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description The invitation. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody can use it any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeMemberPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                member: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody has it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    inviteOwner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Within 30 days; in three days unless told.
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description The invitation. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    createPersonPasswordLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                person: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Within 30 days; in three days unless told.
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
        };
    };
    removeOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They own nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removePersonFactors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They have none any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGuestDataRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How long. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestDataRule"];
                };
            };
        };
    };
    setGuestDataRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Days after the end of the stay; null: until they are deleted. */
                    keptDays: number | null;
                };
            };
        };
        responses: {
            /** @description How long, from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestDataRule"];
                };
            };
        };
    };
    deleteGuestData: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaCode: string;
                    mobile: string;
                } | {
                    /** @description Id of a card record. */
                    cardRecord: string;
                };
            };
        };
        responses: {
            /** @description What was deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedGuestData"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of developer accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Account"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Ids of the properties that it may act for. */
                    properties: components["schemas"]["Id"][];
                    /** @description IP addresses and ranges, e.g. `203.0.113.0/24`, that it may ask from; empty for any. */
                    addressRanges?: string[];
                    /** @description The `accountSid` that its software has already; drawn unless given. */
                    sid?: string;
                    /** @description The `authToken` that its software signs with already. It comes with `sid`. */
                    token?: string;
                };
            };
        };
        responses: {
            /** @description The new developer account, with its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAccount"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The developer account, without its token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    state?: components["schemas"]["AccountState"];
                    /** @description IP addresses and ranges, e.g. `203.0.113.0/24`, that it may ask from; empty for any. */
                    addressRanges?: string[];
                    roomCardApi?: boolean;
                    signatureA?: boolean;
                };
            };
        };
        responses: {
            /** @description The developer account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    rotateAccountToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description One that its software signs with already; drawn unless given. */
                    token?: string;
                    /** @description Until when the token before signs too, within 90 days; null ends it at once. A day unless told. */
                    previousTokenUntil?: string | null;
                };
            };
        };
        responses: {
            /** @description The new token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountToken"];
                };
            };
        };
    };
    listPropertyAccounts: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of developer accounts, by `sid`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PropertyAccount"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    putPropertyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removePropertyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may not. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPropertyEvents: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description Only events behind it; `latest` for those to come. Without it from the first. */
                cursor?: string;
                /** @description Only events of these types, with commas between them. */
                types?: string;
            };
            header?: {
                /** @description The `id` of the last event that came, as browsers send it when they connect again. Goes before `cursor`. */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events behind the cursor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsPage"];
                    "text/event-stream": string;
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description Only events behind it; `latest` for those to come. Without it from the first. */
                cursor?: string;
                /** @description Only events of these types, with commas between them. */
                types?: string;
                /** @description Ids or numbers with commas between them; without it all that the credential reaches. */
                properties?: string;
            };
            header?: {
                /** @description The `id` of the last event that came, as browsers send it when they connect again. Goes before `cursor`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events behind the cursor. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsPage"];
                    "text/event-stream": string;
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                    };
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An `https` address; others only where the operator lists its network. */
                    url: string;
                    /** @description Only events of these types; null for all. docs/events.md lists them. */
                    types?: ("account.allowed" | "account.changed" | "account.created" | "account.forbidden" | "account.token_rotated" | "agent.back" | "agent.changed" | "agent.code_offered" | "agent.enrolled" | "agent.forgotten" | "agent.journal_lost" | "agent.offline" | "agent.outdated" | "agent.records_unexplained" | "agent.revoked" | "agent.suspended" | "agent.update_failed" | "api_key.created" | "api_key.revoked" | "card.begun" | "card.retired" | "card.superseded" | "copies.withdrawn" | "database.restored" | "disk.nearly_full" | "disk.well_again" | "encoder.changed" | "encoder.dispute_ended" | "encoder.disputed" | "encoder.forgotten" | "encoder.moved" | "guest_data.deleted" | "guest_data.rule_set" | "lock.exported" | "member.changed" | "member.created" | "member.invitation_revoked" | "member.invited" | "member.joined" | "member.left" | "member.password_link_created" | "member.password_set" | "member.signed_in" | "member.signed_out" | "operation.accepted" | "operation.damaged" | "operation.expired" | "operation.granted" | "operation.not_written" | "operation.refused" | "operation.rejected" | "operation.repeated" | "operation.succeeded" | "operation.unknown" | "operation.withdrawn" | "operation.written_off" | "owner.invited" | "owner.joined" | "owner.removed" | "person.changed" | "person.created" | "person.factor_added" | "person.factor_begun" | "person.factor_changed" | "person.factor_removed" | "person.factors_removed" | "person.password_set" | "person.recovery_codes_created" | "place.added" | "place.changed" | "place.removed" | "property.changed" | "property.created" | "rooms.imported" | "sandbox.used" | "session.ended" | "session.half_opened" | "session.link_created" | "session.opened" | "webhook.changed" | "webhook.created" | "webhook.disabled" | "webhook.removed" | "webhook.replayed" | "webhook.secret_rotated")[] | null;
                };
            };
        };
        responses: {
            /** @description The webhook with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An `https` address; others only where the operator lists its network. */
                    url?: string;
                    /** @description Only events of these types; null for all. docs/events.md lists them. */
                    types?: ("account.allowed" | "account.changed" | "account.created" | "account.forbidden" | "account.token_rotated" | "agent.back" | "agent.changed" | "agent.code_offered" | "agent.enrolled" | "agent.forgotten" | "agent.journal_lost" | "agent.offline" | "agent.outdated" | "agent.records_unexplained" | "agent.revoked" | "agent.suspended" | "agent.update_failed" | "api_key.created" | "api_key.revoked" | "card.begun" | "card.retired" | "card.superseded" | "copies.withdrawn" | "database.restored" | "disk.nearly_full" | "disk.well_again" | "encoder.changed" | "encoder.dispute_ended" | "encoder.disputed" | "encoder.forgotten" | "encoder.moved" | "guest_data.deleted" | "guest_data.rule_set" | "lock.exported" | "member.changed" | "member.created" | "member.invitation_revoked" | "member.invited" | "member.joined" | "member.left" | "member.password_link_created" | "member.password_set" | "member.signed_in" | "member.signed_out" | "operation.accepted" | "operation.damaged" | "operation.expired" | "operation.granted" | "operation.not_written" | "operation.refused" | "operation.rejected" | "operation.repeated" | "operation.succeeded" | "operation.unknown" | "operation.withdrawn" | "operation.written_off" | "owner.invited" | "owner.joined" | "owner.removed" | "person.changed" | "person.created" | "person.factor_added" | "person.factor_begun" | "person.factor_changed" | "person.factor_removed" | "person.factors_removed" | "person.password_set" | "person.recovery_codes_created" | "place.added" | "place.changed" | "place.removed" | "property.changed" | "property.created" | "rooms.imported" | "sandbox.used" | "session.ended" | "session.half_opened" | "session.link_created" | "session.opened" | "webhook.changed" | "webhook.created" | "webhook.disabled" | "webhook.removed" | "webhook.replayed" | "webhook.secret_rotated")[] | null;
                    /** @description False pauses it; true lets it go on. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description RFC 3339, e.g. `2026-11-30T16:15:00+08:00`.
                     */
                    previousSecretUntil?: string;
                };
            };
        };
        responses: {
            /** @description The new secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedWebhook"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                state?: "waiting" | "delivered" | "dead";
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
                /** @description The event's number. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many are sent again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeliveries"];
                };
            };
        };
    };
    listInstallationWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                    };
                };
            };
        };
    };
    createInstallationWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An `https` address; others only where the operator lists its network. */
                    url: string;
                    /** @description Only events of these types; null for all. docs/events.md lists them. */
                    types?: ("account.allowed" | "account.changed" | "account.created" | "account.forbidden" | "account.token_rotated" | "agent.back" | "agent.changed" | "agent.code_offered" | "agent.enrolled" | "agent.forgotten" | "agent.journal_lost" | "agent.offline" | "agent.outdated" | "agent.records_unexplained" | "agent.revoked" | "agent.suspended" | "agent.update_failed" | "api_key.created" | "api_key.revoked" | "card.begun" | "card.retired" | "card.superseded" | "copies.withdrawn" | "database.restored" | "disk.nearly_full" | "disk.well_again" | "encoder.changed" | "encoder.dispute_ended" | "encoder.disputed" | "encoder.forgotten" | "encoder.moved" | "guest_data.deleted" | "guest_data.rule_set" | "lock.exported" | "member.changed" | "member.created" | "member.invitation_revoked" | "member.invited" | "member.joined" | "member.left" | "member.password_link_created" | "member.password_set" | "member.signed_in" | "member.signed_out" | "operation.accepted" | "operation.damaged" | "operation.expired" | "operation.granted" | "operation.not_written" | "operation.refused" | "operation.rejected" | "operation.repeated" | "operation.succeeded" | "operation.unknown" | "operation.withdrawn" | "operation.written_off" | "owner.invited" | "owner.joined" | "owner.removed" | "person.changed" | "person.created" | "person.factor_added" | "person.factor_begun" | "person.factor_changed" | "person.factor_removed" | "person.factors_removed" | "person.password_set" | "person.recovery_codes_created" | "place.added" | "place.changed" | "place.removed" | "property.changed" | "property.created" | "rooms.imported" | "sandbox.used" | "session.ended" | "session.half_opened" | "session.link_created" | "session.opened" | "webhook.changed" | "webhook.created" | "webhook.disabled" | "webhook.removed" | "webhook.replayed" | "webhook.secret_rotated")[] | null;
                };
            };
        };
        responses: {
            /** @description The webhook with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
        };
    };
    getInstallationWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    removeInstallationWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeInstallationWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that you know: it is changed only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An `https` address; others only where the operator lists its network. */
                    url?: string;
                    /** @description Only events of these types; null for all. docs/events.md lists them. */
                    types?: ("account.allowed" | "account.changed" | "account.created" | "account.forbidden" | "account.token_rotated" | "agent.back" | "agent.changed" | "agent.code_offered" | "agent.enrolled" | "agent.forgotten" | "agent.journal_lost" | "agent.offline" | "agent.outdated" | "agent.records_unexplained" | "agent.revoked" | "agent.suspended" | "agent.update_failed" | "api_key.created" | "api_key.revoked" | "card.begun" | "card.retired" | "card.superseded" | "copies.withdrawn" | "database.restored" | "disk.nearly_full" | "disk.well_again" | "encoder.changed" | "encoder.dispute_ended" | "encoder.disputed" | "encoder.forgotten" | "encoder.moved" | "guest_data.deleted" | "guest_data.rule_set" | "lock.exported" | "member.changed" | "member.created" | "member.invitation_revoked" | "member.invited" | "member.joined" | "member.left" | "member.password_link_created" | "member.password_set" | "member.signed_in" | "member.signed_out" | "operation.accepted" | "operation.damaged" | "operation.expired" | "operation.granted" | "operation.not_written" | "operation.refused" | "operation.rejected" | "operation.repeated" | "operation.succeeded" | "operation.unknown" | "operation.withdrawn" | "operation.written_off" | "owner.invited" | "owner.joined" | "owner.removed" | "person.changed" | "person.created" | "person.factor_added" | "person.factor_begun" | "person.factor_changed" | "person.factor_removed" | "person.factors_removed" | "person.password_set" | "person.recovery_codes_created" | "place.added" | "place.changed" | "place.removed" | "property.changed" | "property.created" | "rooms.imported" | "sandbox.used" | "session.ended" | "session.half_opened" | "session.link_created" | "session.opened" | "webhook.changed" | "webhook.created" | "webhook.disabled" | "webhook.removed" | "webhook.replayed" | "webhook.secret_rotated")[] | null;
                    /** @description False pauses it; true lets it go on. */
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    rotateInstallationWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description RFC 3339, e.g. `2026-11-30T16:15:00+08:00`.
                     */
                    previousSecretUntil?: string;
                };
            };
        };
        responses: {
            /** @description The new secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
        };
    };
    testInstallationWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedWebhook"];
                };
            };
        };
    };
    listInstallationWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                state?: "waiting" | "delivered" | "dead";
            };
            header?: never;
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    replayInstallationWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: components["schemas"]["Id"];
                /** @description The event's number. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which waits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    replayInstallationWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many are sent again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeliveries"];
                };
            };
        };
    };
    listAuditRecords: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Of this time or later, by the clock of the server. */
                from?: string;
                /** @description From before this time. */
                until?: string;
                /** @description An id of a member, key, account or agent; or `owner`, `server`, `operator`. */
                actor?: string;
                action?: string;
                /** @description Id of an operation: its records until soon after its end. */
                operation?: string;
                /** @description Serial of a card. */
                card?: string;
                /** @description Id of a room. */
                room?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of audit records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditRecord"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    getAuditRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the log of the property. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditRecord"];
                };
            };
        };
    };
    verifyAuditLog: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is proved so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
        };
    };
    exportAuditLog: {
        parameters: {
            query?: {
                /** @description Only records behind this number, e.g. the last one of an earlier export. */
                after?: string;
            };
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log, line by line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
        };
    };
    listInstallationAuditRecords: {
        parameters: {
            query?: {
                /** @description How many at most, 1 to 200; 50 unless told. */
                limit?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Of this time or later, by the clock of the server. */
                from?: string;
                /** @description From before this time. */
                until?: string;
                /** @description An id of a member, key, account or agent; or `owner`, `server`, `operator`. */
                actor?: string;
                action?: string;
                /** @description Id of an operation: its records until soon after its end. */
                operation?: string;
                /** @description Serial of a card. */
                card?: string;
                /** @description Id of a room. */
                room?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of audit records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditRecord"][];
                        /** @description Send it as `cursor` for the next page. Null where this is the last one. */
                        nextCursor: string | null;
                    };
                };
            };
        };
    };
    verifyInstallationAuditLog: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the answer before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is proved so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
        };
    };
    exportInstallationAuditLog: {
        parameters: {
            query?: {
                /** @description Only records behind this number, e.g. the last one of an earlier export. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log, line by line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
        };
    };
    getSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The encoder. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
    getSandboxCards: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cards: {
                            serial: string;
                            chip: string;
                            /** @description It lies on this encoder. */
                            isHere: boolean;
                        }[];
                    };
                };
            };
        };
    };
    createSandboxCard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Send the request again with the same key: it is done once. Kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The kind of its chip.
                     * @enum {string}
                     */
                    chip: "classic-1k" | "ultralight-ev1" | "ntag-213" | "ntag-215" | "ntag-216";
                    /** @description The card's serial in upper-case hex. */
                    serial?: string;
                };
            };
        };
        responses: {
            /** @description The card, in the drawer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        serial: string;
                        chip: string;
                    };
                };
            };
        };
    };
    putSandboxCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The card's serial in upper-case hex. */
                    serial: string;
                };
            };
        };
        responses: {
            /** @description The encoder after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
    removeSandboxCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The encoder after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
    setSandboxFailure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cause: components["schemas"]["SandboxFailure"];
                };
            };
        };
        responses: {
            /** @description The encoder after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
    removeSandboxFailure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The encoder after it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
    setSandboxOutage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The property's id or its number. */
                property: string;
                /** @description Its number in the property. */
                encoder: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For how long, at least. */
                    seconds: number;
                };
            };
        };
        responses: {
            /** @description It leaves; the encoder as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
        };
    };
}
