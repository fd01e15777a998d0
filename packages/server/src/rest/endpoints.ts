import { changeAccount } from './accounts/change-account.ts';
import { createAccount } from './accounts/create-account.ts';
import { getAccount } from './accounts/get-account.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { listPropertyAccounts } from './accounts/list-property-accounts.ts';
import { putPropertyAccount } from './accounts/put-property-account.ts';
import { removePropertyAccount } from './accounts/remove-property-account.ts';
import { rotateAccountToken } from './accounts/rotate-account-token.ts';
import { changeAgent } from './agents/change-agent.ts';
import { createPairingCode } from './agents/create-pairing-code.ts';
import { forgetAgent } from './agents/forget-agent.ts';
import { getAgent } from './agents/get-agent.ts';
import { listAgents } from './agents/list-agents.ts';
import { revokeAgent } from './agents/revoke-agent.ts';
import { createApiKey } from './api-keys/create-api-key.ts';
import { getApiKey } from './api-keys/get-api-key.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import { exportAuditLog } from './audit/export-audit-log.ts';
import { exportInstallationAuditLog } from './audit/export-installation-audit-log.ts';
import { getAuditRecord } from './audit/get-audit-record.ts';
import { listAuditRecords } from './audit/list-audit-records.ts';
import { listInstallationAuditRecords } from './audit/list-installation-audit-records.ts';
import { verifyAuditLog } from './audit/verify-audit-log.ts';
import { verifyInstallationAuditLog } from './audit/verify-installation-audit-log.ts';
import { exportLock } from './card-keys/export-lock.ts';
import { listCardKeys } from './card-keys/list-card-keys.ts';
import { rotateCardKey } from './card-keys/rotate-card-key.ts';
import { getCard } from './cards/get-card.ts';
import { getCardRecord } from './cards/get-card-record.ts';
import { getRoomCards } from './cards/get-room-cards.ts';
import { listCardRecords } from './cards/list-card-records.ts';
import { listCards } from './cards/list-cards.ts';
import { listRoomHistory } from './cards/list-room-history.ts';
import { retireCard } from './cards/retire-card.ts';
import { listDownloads } from './downloads/list-downloads.ts';
import { changeEncoder } from './encoders/change-encoder.ts';
import { forgetEncoder } from './encoders/forget-encoder.ts';
import { getEncoder } from './encoders/get-encoder.ts';
import { listEncoders } from './encoders/list-encoders.ts';
import type { Endpoint } from './endpoint.ts';
import { listEvents } from './events/list-events.ts';
import { listPropertyEvents } from './events/list-property-events.ts';
import { deleteGuestData } from './guests/delete-guest-data.ts';
import { getGuestDataRule } from './guests/get-guest-data-rule.ts';
import { setGuestDataRule } from './guests/set-guest-data-rule.ts';
import { followProperty } from './key-rack/follow-property.ts';
import { getKeyRack } from './key-rack/get-key-rack.ts';
import { searchGuests } from './key-rack/search-guests.ts';
import { changeMember } from './members/change-member.ts';
import { createMember } from './members/create-member.ts';
import { createPasswordLink } from './members/create-password-link.ts';
import { getMember } from './members/get-member.ts';
import { listMembers } from './members/list-members.ts';
import { setMemberPassword } from './members/set-member-password.ts';
import { createOperation } from './operations/create-operation.ts';
import { getCopySet } from './operations/get-copy-set.ts';
import { getOperation } from './operations/get-operation.ts';
import { getOperationSteps } from './operations/get-operation-steps.ts';
import { listOperations } from './operations/list-operations.ts';
import { previewIssue } from './operations/preview-issue.ts';
import { withdrawCopySet } from './operations/withdraw-copy-set.ts';
import { withdrawOperation } from './operations/withdraw-operation.ts';
import { writeOffOperation } from './operations/write-off-operation.ts';
import { createPerson } from './people/create-person.ts';
import { createPersonPasswordLink } from './people/create-person-password-link.ts';
import { getMyself } from './people/get-myself.ts';
import { inviteMember } from './people/invite-member.ts';
import { inviteOwner } from './people/invite-owner.ts';
import { joinMembership } from './people/join-membership.ts';
import { listPersons } from './people/list-persons.ts';
import { lookAtLink } from './people/look-at-link.ts';
import { removeMemberPerson } from './people/remove-member-person.ts';
import { removeOwner } from './people/remove-owner.ts';
import { revokeInvitation } from './people/revoke-invitation.ts';
import { setMyName } from './people/set-my-name.ts';
import { setMyPassword } from './people/set-my-password.ts';
import { setPasswordByLink } from './people/set-password-by-link.ts';
import { changeBuilding } from './places/change-building.ts';
import { changeFloor } from './places/change-floor.ts';
import { changeRoom } from './places/change-room.ts';
import { createBuilding } from './places/create-building.ts';
import { createFloor } from './places/create-floor.ts';
import { createRoom } from './places/create-room.ts';
import { getBuilding } from './places/get-building.ts';
import { getFloor } from './places/get-floor.ts';
import { getRoom } from './places/get-room.ts';
import { importRooms } from './places/import-rooms.ts';
import { listBuildings } from './places/list-buildings.ts';
import { listFloors } from './places/list-floors.ts';
import { listRooms } from './places/list-rooms.ts';
import { removeBuilding } from './places/remove-building.ts';
import { removeFloor } from './places/remove-floor.ts';
import { removeRoom } from './places/remove-room.ts';
import { changeProperty } from './properties/change-property.ts';
import { createProperty } from './properties/create-property.ts';
import { getProperty } from './properties/get-property.ts';
import { listProperties } from './properties/list-properties.ts';
import { createSandboxCard } from './sandbox/create-sandbox-card.ts';
import { getSandbox } from './sandbox/get-sandbox.ts';
import { getSandboxCards } from './sandbox/get-sandbox-cards.ts';
import { putSandboxCard } from './sandbox/put-sandbox-card.ts';
import { removeSandboxCard } from './sandbox/remove-sandbox-card.ts';
import { removeSandboxFailure } from './sandbox/remove-sandbox-failure.ts';
import { setSandboxFailure } from './sandbox/set-sandbox-failure.ts';
import { setSandboxOutage } from './sandbox/set-sandbox-outage.ts';
import { beginPasskey } from './second-factors/begin-passkey.ts';
import { changePasskey } from './second-factors/change-passkey.ts';
import { confirmAuthenticator } from './second-factors/confirm-authenticator.ts';
import { createAuthenticator } from './second-factors/create-authenticator.ts';
import { createPasskey } from './second-factors/create-passkey.ts';
import { createRecoveryCodes } from './second-factors/create-recovery-codes.ts';
import { getMyFactors } from './second-factors/get-my-factors.ts';
import { listPasskeys } from './second-factors/list-passkeys.ts';
import { removeAuthenticator } from './second-factors/remove-authenticator.ts';
import { removePasskey } from './second-factors/remove-passkey.ts';
import { removePersonFactors } from './second-factors/remove-person-factors.ts';
import { askForPasskey } from './sessions/ask-for-passkey.ts';
import { createLinkSession } from './sessions/create-link-session.ts';
import { createPasskeySession } from './sessions/create-passkey-session.ts';
import { createSession } from './sessions/create-session.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { openSession } from './sessions/open-session.ts';
import { revokeSession } from './sessions/revoke-session.ts';
import { getSetUp } from './set-up/get-set-up.ts';
import { setUp } from './set-up/set-up.ts';
import { getStatistics } from './statistics/get-statistics.ts';
import { OF_INSTALLATION, OF_PROPERTY } from './webhooks/scope.ts';
import { webhookEndpoints } from './webhooks/webhook-endpoints.ts';

/** Every endpoint of /v1, in the order of the document. */
export const ENDPOINTS: readonly Endpoint[] = [
  // Set-up
  getSetUp,
  setUp,
  // Properties
  listProperties,
  createProperty,
  getProperty,
  changeProperty,
  // Cards
  listCards,
  getCard,
  retireCard,
  listCardRecords,
  getCardRecord,
  getRoomCards,
  listRoomHistory,
  // The key rack
  getKeyRack,
  followProperty,
  searchGuests,
  // Operations
  listOperations,
  createOperation,
  previewIssue,
  getOperation,
  getOperationSteps,
  getStatistics,
  withdrawOperation,
  writeOffOperation,
  getCopySet,
  withdrawCopySet,
  // Places
  listBuildings,
  createBuilding,
  getBuilding,
  changeBuilding,
  removeBuilding,
  listFloors,
  createFloor,
  getFloor,
  changeFloor,
  removeFloor,
  listRooms,
  createRoom,
  importRooms,
  getRoom,
  changeRoom,
  removeRoom,
  // Front desks
  listAgents,
  listDownloads,
  createPairingCode,
  getAgent,
  changeAgent,
  revokeAgent,
  forgetAgent,
  // Encoders
  listEncoders,
  getEncoder,
  changeEncoder,
  forgetEncoder,
  // Card keys
  listCardKeys,
  rotateCardKey,
  exportLock,
  // API keys
  listApiKeys,
  createApiKey,
  getApiKey,
  revokeApiKey,

  // Members
  listMembers,
  createMember,
  getMember,
  changeMember,
  setMemberPassword,
  createPasswordLink,

  // People
  createSession,
  openSession,
  askForPasskey,
  createPasskeySession,
  createLinkSession,
  listSessions,
  revokeSession,
  getMyself,
  setMyName,
  setMyPassword,
  joinMembership,
  getMyFactors,
  createAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  createRecoveryCodes,
  listPasskeys,
  beginPasskey,
  createPasskey,
  changePasskey,
  removePasskey,
  lookAtLink,
  setPasswordByLink,
  createPerson,
  inviteMember,
  revokeInvitation,
  removeMemberPerson,
  inviteOwner,
  listPersons,
  createPersonPasswordLink,
  removeOwner,
  removePersonFactors,

  // Guests
  getGuestDataRule,
  setGuestDataRule,
  deleteGuestData,

  // Developer accounts
  listAccounts,
  createAccount,
  getAccount,
  changeAccount,
  rotateAccountToken,
  listPropertyAccounts,
  putPropertyAccount,
  removePropertyAccount,
  listPropertyEvents,
  listEvents,
  ...[OF_PROPERTY, OF_INSTALLATION].flatMap(webhookEndpoints),
  listAuditRecords,
  getAuditRecord,
  verifyAuditLog,
  exportAuditLog,
  listInstallationAuditRecords,
  verifyInstallationAuditLog,
  exportInstallationAuditLog,
  // The sandbox
  getSandbox,
  getSandboxCards,
  createSandboxCard,
  putSandboxCard,
  removeSandboxCard,
  setSandboxFailure,
  removeSandboxFailure,
  setSandboxOutage,
];
