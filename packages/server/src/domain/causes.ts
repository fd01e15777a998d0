import type { UnusableReason } from '@keyrack/protocol';

/**
 * Every reason for which something is refused or fails, with one sentence that tells the reader what to do.
 * The wires translate a cause into their own codes; the text is the same everywhere.
 *
 * `{…}` in a text is filled in by `explain`.
 */
export const CAUSES = {
  // Who asks.
  'account-suspended':
    'This developer account is suspended; the operator of this server enables it under Developers in the console, or with `keyrack accounts resume`.',
  'room-card-api-off':
    'The room-card API is switched off for this developer account; the operator of this server switches it on under Developers in the console, or with `keyrack accounts change --room-card-api`.',
  'address-not-allowed':
    'This developer account may not ask from your address; the operator of this server allows it under Developers in the console, or with `keyrack accounts change --address-range`.',
  'signature-a-off':
    'This developer account may not sign by form A; sign by form B, or have it allowed under Developers in the console, or with `keyrack accounts change --signature-a`.',
  'property-not-allowed':
    'This account may not act for that property; check the property number, or have it allowed under Developers in the console, or with `keyrack accounts allow`.',
  'creator-or-password': 'The creator is not known here or the password is wrong; check both and send again.',
  'too-many-failures': 'Too many failed attempts; wait {minutes} minutes and send again.',
  'too-many-signatures':
    'Too many wrong signatures of this account came from your address; correct accountSid and authToken, then send again.',
  'server-busy': 'Too many passwords wait to be checked; send the same request again in a few seconds.',
  'member-inactive':
    'This member is no longer active; an administrator changes that under Members in the console, or with `keyrack members activate`.',
  'permission-off':
    'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
  'key-ended':
    'The API key that asked for it has ended or may not do that any more; make another one under Developers in the console, or with `keyrack keys create`, and send again.',

  // What is asked for.
  'card-unknown': 'No card with this serial belongs to the property; read the card and send the serial it shows.',
  'card-never-issued': 'This card holds no room to cancel; issue it first.',
  'card-issued-anew': 'This card was issued anew meanwhile; read it, and cancel it again if it is still meant.',
  'end-time-past': 'endTime has passed; send a later one, in the time zone of the property.',
  'end-before-begin': 'The card would end before it begins; send a later end, or an earlier begin.',
  'lost-for-later': 'A card that replaces a lost one begins at once; leave the begin out.',
  'no-guest-in': 'No guest has this room then, of whose card this could be a duplicate; issue a new card.',
  'next-stay-too-close':
    "A card for the room's next stay is out, and too many guests came before it; cancel that card, and issue it anew afterwards.",
  'copies-interrupted':
    'The server was started anew, or held up for long, between two copies; look which cards were made, and issue the others as duplicates.',
  'too-many-upcoming': 'Too many cards of this room were issued for later; wait until one begins, or cancel one.',
  'owner-required': 'This room wants the name of the holder; send owner.',
  'open-type-unfit': "This room's lock can't stay open; send opentype 0.",
  'encoder-required': "This room's lock wants issueMac; send the MAC of the encoder to use.",
  'encoder-not-named': 'An API key is signed in at no front desk; send encoder, the id of the encoder to use.',
  'card-blank-already': 'This card was cancelled before and is blank; nothing is left to do.',
  'room-unknown': 'No such room in this property; check building, floor and room number.',
  'card-type-mismatch': "operateCardType doesn't fit the room's lock type; send {expected} for {lockType}.",
  'lock-changed': 'The room was given a lock of another type meanwhile; send again for the one that it has now.',

  // Where it is carried out.
  'encoder-unknown': 'No encoder with this MAC belongs to the property; ask for the list of encoders.',
  'encoder-offline':
    'The encoder is not connected; plug it in, see that the agent runs on its computer, and send again.',
  'encoder-disputed':
    'Two front desks have an encoder with this MAC, and Front desks in the console names both, as `keyrack encoders show` does; unplug it at one of them, and send again.',
  'encoder-busy': 'The encoder has too many requests waiting; send again when they are done.',
  'not-signed-in': 'This member is not signed in at any front desk; sign in at the agent and send again.',
  'no-marked-encoder':
    'The agent where this member is signed in has no encoder marked for this card type; mark one under Front desks in the console, or with `keyrack encoders change --for-signed-in yes`.',
  'agent-suspended':
    'The agent of this encoder is suspended; an administrator pairs it anew under Front desks in the console, or with `keyrack agents pair --replaces ID`.',
  'agent-revoked':
    'The agent of this encoder was revoked; connect the encoder to another agent, or pair its computer as a new one under Front desks in the console, or with `keyrack agents pair`.',
  restored: 'The server was restored from a backup and waits for this encoder to report; connect its agent.',

  // What happened at the encoder.
  'no-card': 'No card was put on the encoder within {seconds} seconds; send again with the card on it.',
  'not-a-room-card':
    'A phone, a bank card or another card that is no room card lies on the encoder; put a room card there and send again.',
  'chip-not-written':
    'The card on the encoder is of a kind that is not written here; use a MIFARE Classic 1K, an Ultralight EV1 or an NTAG.',
  'encoder-unfit':
    'This encoder cannot work with the kind of card that lies there; use another kind of card, or another model of encoder.',
  'card-not-answering':
    'The card on the encoder gives no clear answer; lay one card flat on the middle, no other beside it, and send again.',
  'encoder-in-use':
    'Another program on the computer at the front desk holds the encoder; close that program and send again.',
  'encoder-hung': 'The encoder does not answer; unplug it, plug it in again, and send again.',
  'other-card': 'Another card lies on the encoder; put card {serial} there and send again.',
  'card-already-issued':
    'Card {serial} is this key already; hand it out, or put another card there. To write it anew, cancel it first.',
  'card-not-lifted': 'Card {serial} was just issued; take it away, put the next card on the encoder, and send again.',
  'issued-card-changed':
    'The card was made, but it was cancelled, replaced or written again since; read card {serial} to see what it is.',
  'issued-card-unsure':
    'The card was made, and it is not known whether it still is that key; read card {serial} to see what it is.',
  'card-unreadable': 'The card on the encoder opens with no key of this property; use another card.',
  'card-occupied': 'The card on the encoder still opens another room; cancel it first, or use another card.',
  'card-garbled': 'The card on the encoder is damaged; cancel it, or use another card.',
  'card-checksum': 'The content of the card is not genuine; keep the card and ask who brought it.',
  'card-copied': 'The card is a copy of another one; keep it and ask who brought it.',
  'foreign-card': 'The card on the encoder belongs to another property and was left alone.',
  'card-changed': 'The card left the encoder before it was written; leave it there and send again.',
  'not-carried-out': 'The encoder could not carry it out; the card is as it was. Send again.',
  'write-failed': 'The card was not written and is as it was; leave it there and send again, or use another card.',
  'card-damaged': 'Writing was interrupted and the card is damaged; put it on the encoder and send again.',
  'outcome-open': 'The outcome is not known after {seconds} seconds; send the same request again to learn it.',
  'card-in-doubt':
    'The write to card {serial} was cut off; put that card on an encoder, and send the same request again.',
  'outcome-unknown': 'The card left in the middle of the write; read it to learn what it holds.',
  'agent-restarted': 'The agent was restarted in the middle of the write; read the card to learn what it holds.',
  'journal-lost': 'The agent lost its journal; read the card to learn what it holds.',
  declined: 'It was declined at the front desk; send again if it is still wanted.',
  withdrawn: 'It was withdrawn before a card was written; send again if it is still wanted.',
  'written-off': 'What became of this card can no longer be told; read it before it is used.',

  // Not now, at an encoder: the agent waits for the next prompt.
  'not-next': 'Another operation comes first on this encoder.',
  'opened-too-early': 'The card was opened before an earlier operation on it ended; it is read once more.',
  'nonce-used': 'This card was opened with a nonce that is not open; it is opened once more.',
  'operation-over': 'This operation has ended.',
} as const;

export type Cause = keyof typeof CAUSES;

/** Each reason of an agent is a cause by the same name. */
CAUSES satisfies Readonly<Record<UnusableReason, string>>;

/** Causes that hold for every request of the same kind while that card lies there, also for those that wait their turn. */
const OF_THE_CARD: ReadonlySet<Cause | null> = new Set<Cause>([
  'not-a-room-card',
  'chip-not-written',
  'encoder-unfit',
  'card-not-answering',
  'encoder-in-use',
  'encoder-hung',
  'encoder-offline',
  'card-not-lifted',
  'card-unreadable',
  'card-garbled',
  'foreign-card',
]);

export function isOfTheCard(cause: Cause | null): boolean {
  return OF_THE_CARD.has(cause);
}

/** The sentence of a cause, with its blanks filled in. A blank that isn't given stays out of the text. */
export function explain(cause: Cause, facts: Readonly<Record<string, string | number>> = {}): string {
  return CAUSES[cause].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? `(${name})`));
}
