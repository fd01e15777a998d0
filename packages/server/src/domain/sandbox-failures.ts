import type { SandboxFailure } from '@keyrack/protocol';
import type { CAUSES, Cause } from './causes.ts';

interface Failure {
  /** The operations that can fail so. */
  readonly of: readonly ('issue' | 'read' | 'cancel')[];
  /** What a simulated encoder does, so that an operation ends with this cause. */
  readonly how: string;
}

const ALL = ['issue', 'read', 'cancel'] as const;
const WRITES = ['issue', 'cancel'] as const;

/** How an operation at a simulated encoder can be made to fail, by the cause that it ends with. */
export const SANDBOX_FAILURES: Readonly<Record<SandboxFailure, Failure>> = {
  'not-a-room-card': { of: ALL, how: 'the encoder says that a phone lies there' },
  'chip-not-written': {
    of: ALL,
    how: 'the encoder says that a chip of another kind lies there,',
  },
  'encoder-unfit': { of: ALL, how: 'the encoder says that it can not work with this card,' },
  'card-not-answering': { of: ALL, how: 'the card gives no clear answer,' },
  'encoder-in-use': { of: ALL, how: 'another program holds the encoder,' },
  'encoder-hung': { of: ALL, how: 'the encoder does not answer,' },
  'encoder-offline': { of: ALL, how: 'the encoder is unplugged,' },
  'no-card': { of: ALL, how: 'the card that lies there is taken away' },
  'other-card': { of: ['cancel'], how: 'another card, a new one, lies there' },
  'card-unreadable': { of: ['issue', 'read'], how: 'a card behind a key that nobody has lies there' },
  'foreign-card': { of: ['issue', 'read'], how: "another property's card lies there" },
  'card-garbled': { of: ['issue', 'read'], how: 'the issued card that lies there is garbled' },
  'card-checksum': { of: ['read'], how: 'a bit of the issued card that lies there is wrong' },
  'card-copied': {
    of: ['read'],
    how: 'a copy of the issued card that lies there takes its place',
  },
  'card-changed': {
    of: WRITES,
    how: 'the card is taken away right before it is written, each time that one is laid down',
  },
  'not-carried-out': {
    of: WRITES,
    how: 'the connection breaks right before the card is written, and the card is taken away',
  },
  'write-failed': { of: WRITES, how: 'the card refuses to be written' },
  'card-damaged': { of: WRITES, how: 'the card refuses the second block, and is half written' },
  'outcome-unknown': {
    of: WRITES,
    how: 'the card is snatched away in the middle of the write; laid down again, it is read, and the outcome is known',
  },
  'outcome-open': {
    of: WRITES,
    how: 'the card is written, and the agent is away for a minute before it can say so; the room-card API answers so meanwhile',
  },
  declined: { of: ALL, how: 'the person at the desk declines it' },
};

/** The other causes that come from an encoder, and how each is brought about. */
export const BROUGHT_ABOUT = {
  'card-occupied': 'lay a card down that opens another room, and issue',
  'card-already-issued': 'lay a card down that is this key already, and issue a duplicate that is the same',
  'card-not-lifted': 'issue once more, and leave the card of the first issue there',
  'issued-card-changed': 'send an issue of the room-card API again, after its card was cancelled',
  'issued-card-unsure': 'send an issue of the room-card API again, after a later write to its card was cut off',
  'card-in-doubt': 'send the same request again after `outcome-unknown`',
  'encoder-disputed': 'start a second agent with an encoder of the same MAC',
  'encoder-busy': 'ask for six operations, and lay no card down',
  'agent-restarted': 'kill the agent in the middle of a write',
  'journal-lost': 'delete the journal in the folder of the agent, and start it again',
  withdrawn: 'withdraw the operation',
  'written-off': 'write an operation off after `outcome-unknown`',
} as const satisfies Readonly<Partial<Record<Cause, string>>>;

SANDBOX_FAILURES satisfies Readonly<Partial<Record<keyof typeof CAUSES, Failure>>>;
