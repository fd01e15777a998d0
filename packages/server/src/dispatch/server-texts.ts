/** A folder that is paired refuses a code for a new agent, and this server knows no agent that a code could replace. */
const UNKNOWN =
  'The server does not know this agent, as after the server was set up anew. Take a code from Front desks in the console, or from `keyrack agents pair` on the server, and pair this computer as a new agent into another folder (`--pair CODE --data FOLDER`).';

/** Why a connection is ended: what the agent's log and page show, with what to do. `retry`: it may come again. */
export const ENDINGS = {
  protocol: {
    retry: false,
    message: 'This agent speaks another version; update the agent to the version of the server.',
  },
  'agent-too-old': {
    retry: false,
    message:
      "This agent is too old for the server. Update the agent: take the program from Front desks in the server's console. What is in its folder stays.",
  },
  'agent-too-new': {
    retry: false,
    message:
      "This agent is newer than the server understands. Update the server, or use the agent of the server's version here.",
  },
  'bad-message': {
    retry: true,
    message: "The server didn't understand a message; update the agent if this comes again.",
  },
  'not-proved': { retry: false, message: UNKNOWN },
  'agent-unknown': { retry: false, message: UNKNOWN },
  'agent-revoked': {
    retry: false,
    message:
      'This agent was revoked for good. To use this computer all the same, pair it as a new agent into another folder (`--data`), with a code from Front desks in the console, or from `keyrack agents pair`.',
  },
  'agent-suspended': {
    retry: false,
    message:
      'This agent is suspended; Front desks in the console, or `keyrack agents list` on the server, says why. Pair the right computer anew, with a code from Front desks in the console, or from `keyrack agents pair --replaces ID`.',
  },
  'wrong-code': {
    retry: false,
    message:
      'This pairing code is not valid (any more); an administrator makes a new one under Front desks in the console, or with `keyrack agents pair`.',
  },
  'paired-already': {
    retry: false,
    message:
      'This computer is paired already, and this code would make another agent of it. Ask for a code that replaces the agent (Front desks in the console, or `keyrack agents pair --replaces ID`); where that one was revoked or is unknown to the server, name another folder (`--data`).',
  },
  'too-many-codes': {
    retry: false,
    message: 'Too many wrong pairing codes came from this address; wait 15 minutes, then pair with a new code.',
  },
  'pairing-busy': { retry: true, message: 'Too many agents are being paired at once; pair again in a few seconds.' },
  paired: { retry: true, message: 'Paired; the agent connects again with its own key.' },
  replaced: { retry: true, message: 'A newer connection of this agent took over.' },
  'not-yet': { retry: true, message: 'The server was restored; the agent ends what it is doing and connects again.' },
  'database-restored': {
    retry: true,
    message: 'The server was restored from a backup; the agent connects again and tells what happened since.',
  },
  'no-chain': {
    retry: true,
    message: 'The journal records do not follow those that the server has; the agent connects again.',
  },
  unavailable: { retry: true, message: 'The server could not record it; the agent connects again.' },
  late: {
    retry: true,
    message: 'The agent took too long to say who it is and what its journal holds; it connects again.',
  },
  'no-room': {
    retry: true,
    message: 'Too many connections came that had not said who they are; the agent connects again.',
  },
  'too-much': {
    retry: true,
    message:
      'The agent asks more than a front desk can need; it connects again. Check its computer if this comes again.',
  },
  silent: { retry: true, message: 'Nothing was heard from the agent for too long.' },
  stopping: { retry: true, message: 'The server is stopping.' },
} as const;

export type Ending = keyof typeof ENDINGS;

/** Why the server ended a sign-in by itself. */
export const SIGN_IN_ENDS = {
  'sign-in-idle': 'Signed out, since nobody was active here for too long; sign in again to go on.',
  'signed-in-elsewhere': 'This member signed in at another front desk, which ends the sign-in here.',
  'password-changed': 'Signed out, since the password of this member was changed; sign in with the new one.',
  'member-deactivated':
    'Signed out, since this member was deactivated; an administrator changes that under Members in the console, or with `keyrack members activate`.',
} as const;
export type SignInEnd = keyof typeof SIGN_IN_ENDS;
