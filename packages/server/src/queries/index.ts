import { absencesDue } from './absences-due.ts';
import { findAccount, findProperty, findPropertyByNumber } from './accounts.ts';
import { accountsPage, getAccount, propertyAccountsPage } from './accounts-page.ts';
import { agentsPage, getAgent } from './agents-page.ts';
import { apiKeysPage, getApiKey } from './api-keys-page.ts';
import { auditAfter, auditHeads } from './audit-after.ts';
import { auditRecordsPage, getAuditRecord } from './audit-records-page.ts';
import { buildingsPage, floorsPage, getBuilding, getFloor } from './buildings-page.ts';
import { cardDetail } from './card-detail.ts';
import { cardKeyVersions, sealedCardKeys } from './card-keys.ts';
import { cardRecordsPage, getCardRecord } from './card-records-page.ts';
import { cardsPage } from './cards-page.ts';
import { copySetDetail, runningCopySetsPage } from './copy-set-detail.ts';
import { databaseUse } from './database-use.ts';
import { describeCard } from './describe-card.ts';
import { diskAlarm } from './disk-alarm.ts';
import { findDisputes } from './encoder-claims.ts';
import { encodersPage, getEncoder } from './encoders-page.ts';
import { eventsPage } from './events-page.ts';
import { findAgent } from './find-agent.ts';
import { findApiKey } from './find-api-key.ts';
import { findEncoder } from './find-encoder.ts';
import { findLink } from './find-link.ts';
import { findMember } from './find-member.ts';
import { findSession, sessionsOf } from './find-session.ts';
import { guestRule } from './guest-rule.ts';
import { keyRack } from './key-rack.ts';
import { listRecordsPage } from './list-records-page.ts';
import { listEncoders, listRooms, listSuperseded } from './listings.ts';
import { getMember, membersPage } from './members-page.ts';
import { nextPrompt } from './next-prompt.ts';
import { nextToBegin } from './next-to-begin.ts';
import { openCard } from './open-card.ts';
import { openWaitsPage } from './open-waits-page.ts';
import { operationDetail } from './operation-detail.ts';
import { operationFactsPage } from './operation-facts-page.ts';
import { operationSteps } from './operation-steps.ts';
import { operationsPage } from './operations-page.ts';
import { findPerson, getMemberRow, getPerson, personsPage, propertiesOfMemberships } from './persons.ts';
import { countRoomLines } from './plan-room-lines.ts';
import { previewIssue } from './preview-issue.ts';
import { findPropertyByRef, propertiesPage } from './properties-page.ts';
import { rackNews } from './rack-news.ts';
import { roomHistoryPage } from './room-history-page.ts';
import { roomKeys } from './room-keys.ts';
import { getRoom, roomsPage } from './rooms-page.ts';
import { sealedSecrets } from './sealed-secrets.ts';
import { searchGuests } from './search-guests.ts';
import { factorsOf, findHalfOpen, findPasskey } from './second-factors.ts';
import { seeLink } from './see-link.ts';
import { isSetUpToken } from './set-up-token.ts';
import { hasUnknown, settleList } from './unfinished-operations.ts';
import { verifyAuditPage } from './verify-audit-page.ts';
import { activeWebhooks, deliveriesPage, listWebhooks, seeWebhook, webhookWork } from './webhooks.ts';

/** Every query of the server, by name: what a store can be asked to read. See `Queries` for the two kinds. */
export const queries = {
  quick: {
    seeWebhook,
    absencesDue,
    diskAlarm,
    getAuditRecord,
    cardDetail,
    copySetDetail,
    runningCopySetsPage,
    databaseUse,
    describeCard,
    findAccount,
    findAgent,
    findApiKey,
    getAgent,
    getEncoder,
    getApiKey,
    findDisputes,
    findEncoder,
    findLink,
    findMember,
    guestRule,
    findPerson,
    getMemberRow,
    getPerson,
    findSession,
    isSetUpToken,
    seeLink,
    sessionsOf,
    factorsOf,
    findHalfOpen,
    findPasskey,
    propertiesOfMemberships,
    getAccount,
    getMember,
    findProperty,
    findPropertyByNumber,
    findPropertyByRef,
    getBuilding,
    getCardRecord,
    getFloor,
    getRoom,
    hasUnknown,
    listSuperseded,
    nextPrompt,
    nextToBegin,
    openCard,
    openWaitsPage,
    previewIssue,
    operationDetail,
    sealedCardKeys,
    sealedSecrets,
  },
  lists: {
    activeWebhooks,
    deliveriesPage,
    listWebhooks,
    webhookWork,
    auditAfter,
    eventsPage,
    auditHeads,
    auditRecordsPage,
    buildingsPage,
    cardRecordsPage,
    cardsPage,
    countRoomLines,
    keyRack,
    rackNews,
    searchGuests,
    floorsPage,
    roomHistoryPage,
    roomKeys,
    roomsPage,
    agentsPage,
    cardKeyVersions,
    encodersPage,
    apiKeysPage,
    listEncoders,
    listRecordsPage,
    listRooms,
    membersPage,
    operationFactsPage,
    operationSteps,
    operationsPage,
    accountsPage,
    propertyAccountsPage,
    personsPage,
    propertiesPage,
    settleList,
    verifyAuditPage,
  },
} as const;

export type Queries = typeof queries;
