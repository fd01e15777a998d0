import type { PageTexts } from './page-texts.ts';

export const ENGLISH: PageTexts = {
  title: 'Keyrack front desk',
  noScript: 'This page needs JavaScript. Allow it for this address, and load the page again.',
  otherLanguage: { language: 'zh', name: '中文' },
  connection: {
    connecting: 'Connecting…',
    online: 'Connected',
    waiting: 'Not connected',
    refused: 'Refused by the server',
    stopped: 'Stopped',
    'no-agent': 'Agent not running',
    elsewhere: 'Paused',
  },
  trouble: {
    connecting: { title: 'Connecting to the server…', text: 'Cards can be worked with once it answers.' },
    waiting: {
      title: 'Not connected to the server',
      text: "Cards can't be worked with until it is back. Show the reason to whoever looks after this computer.",
    },
    refused: {
      title: 'The server refuses this front desk',
      text: 'An administrator has to put this right: Front desks in the console, or `keyrack agents list` on the server, says what it is.',
    },
    stopped: {
      title: 'This front desk has stopped working',
      text: 'Do what stands under “Needs attention”, then start the agent again.',
    },
    'no-agent': {
      title: 'The agent on this computer does not answer',
      text: 'What you see below is old. Start the agent; this page goes on then.',
    },
    elsewhere: {
      title: 'This page is open in other windows',
      text: 'It is kept up to date in the newest ones. What you see below is old.',
    },
  },
  // What was found is told in English already.
  obstacles: {},
  answer: ' ({answer})',
  retry: 'Trying again in {seconds} s.',
  reason: 'Reason: {reason}',
  useHere: 'Use it here',

  encoders: 'Card encoders',
  noEncoders: {
    'plug-in': {
      title: 'No card encoder is connected to this computer',
      text: 'Plug a card reader into a USB port of this computer, e.g. an ACR122U or ACR1252U. It appears here within seconds. If it doesn’t, this command on this computer says why: “{doctor}”.',
    },
    'start-with-readers': {
      title: 'This agent was started without a card encoder',
      text: 'Plug a card reader into a USB port of this computer, e.g. an ACR122U or ACR1252U. Then stop the agent, and start it again with --pcsc.',
    },
  },
  forSignedIn: 'Card types 2 and 3',
  broken: {
    hung: 'Does not answer. Unplug it and plug it in again.',
    closed: 'Not usable. Plug it in again, or start the agent again.',
  },
  unusable: {
    'not-a-room-card': 'A phone, a bank card or another card that is no room card lies here. Put a room card here.',
    'chip-not-written':
      'A card of a kind lies here that is not written. Use a MIFARE Classic 1K, an Ultralight EV1 or an NTAG.',
    'encoder-unfit':
      'This encoder cannot work with this kind of card. Use another kind of card, or another model of encoder.',
    'card-not-answering':
      'The card gives no clear answer; it is tried again. Lay one card flat on the middle, no other beside it.',
    'encoder-in-use': 'Another program holds this encoder; it is tried again. Close that program.',
    'encoder-hung': 'Does not answer. Unplug it and plug it in again.',
    'encoder-offline': 'Not plugged in, or its driver is not running. Plug it in again.',
  },
  disputed:
    'The front desk “{desks}” has an encoder with this MAC too, so nothing is asked for at either. Unplug one of them, or have an administrator look at both under Front desks in the console, or with `keyrack encoders show`.',
  chips: {
    'classic-1k': 'MIFARE Classic 1K',
    'ultralight-ev1': 'MIFARE Ultralight EV1',
    'ntag-213': 'NTAG 213',
    'ntag-215': 'NTAG 215',
    'ntag-216': 'NTAG 216',
  },
  cardLies: 'Card {serial} lies here',
  noCard: 'No card lies here',
  nothingAsked: 'Nothing to do',
  ask: { card: 'Put card {serial} on {encoder}', anyCard: 'Put a card on {encoder}' },
  purpose: { issue: 'To issue a card', read: 'To read a card', cancel: 'To cancel a card' },
  room: 'Room {room}',
  working: 'Reading… leave the card on the encoder',
  writing: 'Writing… leave the card on the encoder',
  secondsLeft: '{seconds} s left',
  decline: 'Decline',
  declineLabel: 'Decline: {purpose}, {encoder}',

  member: 'Member',
  signedInAs: 'Signed in as {name}',
  signedInHint: 'You are signed out automatically when nobody uses this page for a while. Sign out when you leave.',
  signOut: 'Sign out',
  signedOut: 'Nobody is signed in',
  signedOutHint: 'Sign in to handle cards of types 2 and 3 at this desk.',
  signInEnded: 'Signed out at {time}',
  signInBy: { legend: 'Sign in by', mobile: 'Phone', email: 'E-mail' },
  fields: { areaCode: 'Area code', mobile: 'Phone number', email: 'E-mail address', password: 'Password' },
  problems: {
    areaCode: 'Type the area code in digits, such as 86.',
    mobile: 'Type the phone number in digits, without the area code.',
    email: 'This is no e-mail address.',
    password: 'Type your password: 200 characters at most.',
  },
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  notSent: 'The agent did not answer; try again.',

  attention: 'Needs attention',
  nothingToAttend: 'Nothing. All cards are accounted for.',
  check: {
    unknown: {
      title: 'Card {serial}: content unknown',
      text: 'Its write was cut off. Put it on an encoder; it is then read automatically.',
    },
    damaged: {
      title: 'Card {serial}: damaged',
      text: 'It opens no door. Put it on an encoder and have it cancelled again, which makes it blank.',
    },
  },

  updates: {
    title: 'This program',
    runs: 'Version {version} runs here.',
    offered: 'The server offers version {version}.',
    newest: 'It is the newest that the server offers.',
    look: 'Look for a newer version',
    begin: 'Update now',
    automatic: 'Update by itself',
    automaticHint: 'A new version is taken when no card is asked for. Where it does not connect, the old one runs on.',
    doing: {
      asking: 'Asking the server what it offers …',
      downloading: 'Downloading the new version …',
      unpacking: 'Checking and unpacking the new version …',
      waiting: 'The new version is taken when no card is asked for.',
      'changing-over': 'Changing over to the new version …',
    },
    done: 'Updated from version {from} at {time}.',
    failed: 'The update to version {to} came to nothing at {time}; the old version runs on.',
    causes: {},
  },

  recent: 'Last operations',
  noRecent: 'None yet. What is done with cards here appears in this list.',
  operation: {
    issue: { card: 'Issue card {serial}', anyCard: 'Issue a card' },
    read: { card: 'Read card {serial}', anyCard: 'Read a card' },
    cancel: { card: 'Cancel card {serial}', anyCard: 'Cancel a card' },
  },
  outcomes: {
    succeeded: 'Done',
    read: 'Read',
    rejected: 'Not changed',
    damaged: 'Card damaged',
    unknown: 'Unknown',
    refused: 'Refused',
    'not-written': 'Not written',
    withdrawn: 'Ended',
    declined: 'Declined',
  },
  outcomeHints: {
    rejected: 'The card is as it was. Try again, or use another card.',
    damaged: 'Put the card on the encoder and have it cancelled again.',
    unknown: 'Read the card to learn what it holds.',
    'not-written': 'The card is as it was. It is tried again while there is time.',
    declined: 'Declined at this front desk.',
  },
  settledSince: 'Settled since: there is nothing left to do.',

  // The sentence that comes with a cause is English already. Some speak to the program that sent the request.
  causes: {
    'creator-or-password': 'This account is not known here or the password is wrong; check both and try again.',
    'no-card': 'No card was put on the encoder in time.',
    'other-card': 'Another card lies on the encoder; put the right one there.',
    'card-not-lifted': 'This card was just issued; take it away, and put the next one there.',
    'card-changed': 'The card left the encoder before it was written; leave it there until it is done.',
    'not-carried-out': 'The encoder could not carry it out; the card is as it was.',
    'write-failed':
      'The card was not written and is as it was; leave it there until it is done, or use another one if this comes again.',
    withdrawn: 'It was withdrawn before a card was written.',
  },
};
