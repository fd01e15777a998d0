/** POSTs whose repeats are no repeats, and why. */
export const DONE_EACH_TIME: Readonly<Record<string, string>> = {
  createPerson: 'asked by nobody: the invitation is good once',
  createLinkSession: 'asked by nobody: the link is good once',
  setUp: 'asked by nobody: the token is good once',
  lookAtLink: 'changes nothing',
  createSession: 'asked by nobody: each is a session of its own',
  askForPasskey: 'changes nothing',
  beginPasskey: 'changes nothing',
  createPasskeySession: 'asked by nobody: what a passkey signs is good once',
  openSession: 'asked by nobody: each code is good once',
  previewIssue: 'changes nothing',
  testWebhook: 'is sent again, and records nothing',
  testInstallationWebhook: 'is sent again, and records nothing',
};

/** POSTs of what goes on after it was asked for: a repeat is told how it is by then. */
export const GOES_ON: readonly string[] = ['createOperation'];
