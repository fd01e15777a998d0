/** What the server reads now and then, whoever asks: deadlines, begins, copies, webhooks and news, the desks that are away and the disk. */
export const SERVER_READS: readonly string[] = [
  'openWaitsPage',
  'nextToBegin',
  'runningCopySetsPage',
  'activeWebhooks',
  'auditHeads',
  'webhookWork',
  'absencesDue',
  'diskAlarm',
];
