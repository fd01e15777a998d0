import { acceptCancel } from './accept-cancel.ts';
import { acceptIssue } from './accept-issue.ts';
import { acceptRead } from './accept-read.ts';
import { findAccount, findProperty } from './accounts.ts';
import { changeEncoders } from './attach-encoders.ts';
import { catchUp, report } from './catch-up.ts';
import { describeCard } from './describe-card.ts';
import {
  callersGone,
  expireDue,
  findOperation,
  noteCaller,
  notWritten,
  reading,
  refuse,
  settleList,
  withdraw,
} from './end-operation.ts';
import { addCardKey, exportLock } from './export-lock.ts';
import { markRestored } from './hold.ts';
import { importAccount, importMember, importRooms } from './import-property.ts';
import { listEncoders, listRecords, listRooms, listSuperseded } from './listings.ts';
import { nextPrompt } from './next-prompt.ts';
import { openCard } from './open-card.ts';
import { offerPairing, pairAgent, revokeAgent } from './pair-agent.ts';
import { present } from './present.ts';
import { putRows } from './put-rows.ts';
import { retireCard } from './retire-card.ts';
import { databaseUse, offerSetUp, setUp } from './set-up.ts';
import { endIdleSignIn, findMember, renewSignIn, signIn, signOut } from './sign-in.ts';
import { findAgent, startSession } from './start-session.ts';
import { findPropertyByNumber, listAgents, verifyAudit } from './verify-audit.ts';

/** Every transaction of the server, by name: what a store can be asked to run. */
export const transactions = {
  acceptCancel,
  acceptIssue,
  acceptRead,
  addCardKey,
  callersGone,
  catchUp,
  changeEncoders,
  databaseUse,
  describeCard,
  endIdleSignIn,
  expireDue,
  exportLock,
  findAccount,
  findAgent,
  findMember,
  findOperation,
  findProperty,
  findPropertyByNumber,
  importAccount,
  importMember,
  importRooms,
  listAgents,
  listEncoders,
  listRecords,
  listRooms,
  listSuperseded,
  markRestored,
  nextPrompt,
  notWritten,
  noteCaller,
  offerPairing,
  offerSetUp,
  openCard,
  pairAgent,
  present,
  putRows,
  reading,
  refuse,
  renewSignIn,
  report,
  retireCard,
  revokeAgent,
  setUp,
  settleList,
  signIn,
  signOut,
  startSession,
  verifyAudit,
  withdraw,
} as const;

export type Transactions = typeof transactions;
