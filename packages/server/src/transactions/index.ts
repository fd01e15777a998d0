import { acceptCancel } from './accept/accept-cancel.ts';
import { acceptIssue } from './accept/accept-issue.ts';
import { acceptNextCopy, copiesInterrupted } from './accept/accept-next-copy.ts';
import { acceptRead } from './accept/accept-read.ts';
import { grantWrite } from './at-encoder/grant-write.ts';
import { noteUnusable } from './at-encoder/note-unusable.ts';
import { openCard } from './at-encoder/open-card.ts';
import { recordNotWritten } from './at-encoder/record-not-written.ts';
import { recordReading } from './at-encoder/record-reading.ts';
import { keepSealedKnown } from './database/keep-sealed-known.ts';
import { noteDiskSpace } from './database/note-disk-space.ts';
import { trialCommit } from './database/trial-commit.ts';
import { deleteGuestData, setGuestRule } from './guests/delete-guest-data.ts';
import { sweepGuestData } from './guests/sweep-guest-data.ts';
import { allAgentsAway, judgeAbsences } from './journal/agent-absence.ts';
import { changeEncoders } from './journal/attach-encoders.ts';
import { catchUp } from './journal/catch-up.ts';
import { ownerHeard, ownerSilent } from './journal/encoder-disputes.ts';
import { markRestored } from './journal/hold-after-restore.ts';
import { noteFailedUpdate } from './journal/note-failed-update.ts';
import { refuseVersion } from './journal/note-visit.ts';
import { recordPiece } from './journal/record-piece.ts';
import { report } from './journal/record-report.ts';
import { agentLeft, startSession } from './journal/start-session.ts';
import { beginDue } from './outcome/begin-cards.ts';
import { declineOperation, refuseOperation, withdrawOperation } from './outcome/end-without-write.ts';
import { expireDue } from './outcome/expire-due.ts';
import { callersGone, callersTold, noteCaller } from './outcome/record-callers.ts';
import { cardLifted } from './outcome/unlifted-cards.ts';
import { withdrawCopySet } from './outcome/withdraw-copy-set.ts';
import { withdrawByHand, writeOffByHand } from './outcome/withdraw-operation.ts';
import {
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  removeFactors,
  setRecoveryCodes,
} from './people/change-factors.ts';
import { createPasskey, openByPasskey, removePasskey, renamePasskey } from './people/change-passkeys.ts';
import {
  createPerson,
  inviteMember,
  inviteOwner,
  joinMembership,
  removeMemberPerson,
  removeOwner,
  revokeInvitation,
} from './people/invitation.ts';
import { openByFactor } from './people/open-by-factor.ts';
import { setOwnName } from './people/own-name.ts';
import { offerPersonPasswordLink, setPersonPassword } from './people/person-password.ts';
import { endSession, noteSessionUse, openSession } from './people/session.ts';
import { offerSignInLink, openByLink } from './people/sign-in-link.ts';
import { allowAccount, changeAccount, createAccount, rotateAccountToken } from './property/change-account.ts';
import { changeAgent, forgetRevokedAgent } from './property/change-agent.ts';
import { createApiKey, noteApiKeyUse, revokeApiKey } from './property/change-api-key.ts';
import { changeEncoder, forgetEncoder } from './property/change-encoder.ts';
import { changeMember, createMember } from './property/change-member.ts';
import {
  changeBuilding,
  changeFloor,
  createBuilding,
  createFloor,
  removeBuilding,
  removeFloor,
} from './property/change-place.ts';
import { changeProperty, createProperty } from './property/change-property.ts';
import { changeRoom, createRoom, removeRoom } from './property/change-room.ts';
import { changeWebhook, createWebhook, removeWebhook, rotateWebhookSecret } from './property/change-webhook.ts';
import { addCardKey, exportLock } from './property/export-lock.ts';
import { importRoomLines } from './property/import-room-lines.ts';
import { noteDeliveries, replayDead, replayDelivery } from './property/note-deliveries.ts';
import { noteMemberVisit } from './property/note-member-visit.ts';
import { noteSandbox } from './property/note-sandbox.ts';
import { offerPairingCode, pairAgent, revokeAgent } from './property/pair-agent.ts';
import { offerPasswordLink, usePasswordLink } from './property/password-link.ts';
import { putRows } from './property/put-rows.ts';
import { retireCard } from './property/retire-card.ts';
import { resetPassword } from './property/set-password.ts';
import { offerSetUp, setUp } from './property/set-up.ts';
import { endIdleSignIn, renewSignIn, signIn, signOut } from './property/sign-in.ts';
import { useOwnerKey } from './property/use-owner-key.ts';
import { runForCallerOf } from './repeats/run-for-caller.ts';
import { forgetRepeats } from './repeats/run-once.ts';

const others = {
  agentLeft,
  acceptCancel,
  acceptIssue,
  acceptNextCopy,
  acceptRead,
  addCardKey,
  allAgentsAway,
  judgeAbsences,
  noteDiskSpace,
  beginDue,
  callersGone,
  callersTold,
  cardLifted,
  catchUp,
  changeAgent,
  changeEncoder,
  changeEncoders,
  changeBuilding,
  changeFloor,
  changeProperty,
  changeRoom,
  copiesInterrupted,
  createApiKey,
  createBuilding,
  createFloor,
  createProperty,
  createWebhook,
  changeWebhook,
  removeWebhook,
  rotateWebhookSecret,
  noteDeliveries,
  replayDead,
  replayDelivery,
  createRoom,
  declineOperation,
  endIdleSignIn,
  expireDue,
  exportLock,
  forgetEncoder,
  forgetRepeats,
  forgetRevokedAgent,
  importRoomLines,
  keepSealedKnown,
  markRestored,
  recordNotWritten,
  noteApiKeyUse,
  noteCaller,
  noteFailedUpdate,
  noteUnusable,
  offerPairingCode,
  offerSetUp,
  openCard,
  ownerHeard,
  ownerSilent,
  pairAgent,
  grantWrite,
  putRows,
  recordReading,
  recordPiece,
  refuseOperation,
  removeBuilding,
  removeFloor,
  removeRoom,
  renewSignIn,
  report,
  retireCard,
  revokeAgent,
  revokeApiKey,
  setUp,
  signIn,
  signOut,
  refuseVersion,
  startSession,
  trialCommit,
  useOwnerKey,
  changeMember,
  createMember,
  noteMemberVisit,
  offerPasswordLink,
  noteSandbox,
  createPerson,
  endSession,
  inviteMember,
  inviteOwner,
  joinMembership,
  noteSessionUse,
  offerPersonPasswordLink,
  openSession,
  openByFactor,
  openByPasskey,
  offerSignInLink,
  openByLink,
  createPasskey,
  removePasskey,
  renamePasskey,
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  removeFactors,
  setRecoveryCodes,
  removeMemberPerson,
  removeOwner,
  revokeInvitation,
  setOwnName,
  setPersonPassword,
  deleteGuestData,
  setGuestRule,
  sweepGuestData,
  usePasswordLink,
  resetPassword,
  withdrawByHand,
  withdrawCopySet,
  allowAccount,
  changeAccount,
  createAccount,
  rotateAccountToken,
  withdrawOperation,
  writeOffByHand,
} as const;

/** Every transaction of the server, by name: what a store can be asked to run. */
export const transactions = { ...others, runForCaller: runForCallerOf(others) } as const;

export type Transactions = typeof transactions;
