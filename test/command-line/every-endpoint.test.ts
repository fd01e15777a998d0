import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { putDownloads } from '@keyrack/server/downloads/testing/downloads-folder.ts';
import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import { codeOf } from '@keyrack/server/testing/one-time-code.ts';
import { webhookReceiver } from '@keyrack/server/testing/webhook-receiver.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, run } from '../world/processes.ts';
import { scratchFolder } from '../world/scratch.ts';
import { typeCommand } from '../world/typed-command.ts';
import { until } from '../world/until.ts';
import { type RecordedRequests, recordRequests } from './testing/recorded-requests.ts';

/** What can be done over /v1 can be done by a command. Each line below is given to a running demonstration. */

/** Endpoints that no command asks, and why. A reviewer agrees to each. */
const NEEDS_NO_COMMAND: Readonly<Record<string, string>> = {
  createRoom: '`rooms create` imports one room, which adds its building and floor in the same step',
  getWebhook: '`webhooks show` finds a webhook among the few of a list, which tells the same',
  getInstallationWebhook: 'as getWebhook',
  beginPasskey: 'a browser makes passkeys',
  createPasskey: 'as beginPasskey',
  listPasskeys: '`factors show` lists them with the other factors',
  changePasskey: 'whoever has passkeys names and removes them where they are: in a browser',
  removePasskey: 'as changePasskey',
  askForPasskey: 'a browser shows passkeys',
  createPasskeySession: 'as askForPasskey',
  createLinkSession: 'the demonstration makes such links for browsers',
  setPasswordByLink: 'whoever has a link opens its page',
  lookAtLink: 'as setPasswordByLink',
  getSetUp: '`keyrack serve` says on its start whether it is set up',
  setUp: 'the set-up link is for a browser; a program adds a property by `properties create`',
  followProperty: 'a page shows it as it changes; `events follow` tells a terminal what happened',
};

const scratch = scratchFolder();
const packages = join(scratch.path, 'packages');
const AGENT = 'keyrack-agent-0.1.0-linux-x64.tar.xz';
const env = { KEYRACK_DATA: scratch.path, XDG_CONFIG_HOME: scratch.path };
/** Somebody who logged in on another computer. */
const home = scratchFolder();
const AWAY = { XDG_CONFIG_HOME: home.path };
let url = '';
let demo: ReturnType<typeof run>;
let requests: RecordedRequests;
const reached = new Set<string>();

beforeAll(async () => {
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const settings = {
    PORT: port,
    PAGE_PORT: 'off',
    KEYRACK_METRICS: 'none',
    KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1',
    KEYRACK_DOWNLOADS: packages,
  };
  putDownloads(packages, { [AGENT]: Buffer.from('a package') });
  demo = run('../command-line/testing/demo-main.ts', { ...env, ...settings });
  await demo.ready;
  requests = recordRequests();
});
afterAll(async () => {
  requests.stop();
  await demo.kill();
  scratch.remove();
  home.remove();
});

/** Gives a command, which must succeed and ask this endpoint. Returns what it printed, parsed. */
async function reach(endpoint: string, line: string, given: { text?: string; away?: boolean } = {}) {
  requests.taken();
  const input = async () => given.text ?? '';
  const { code, out, err } = await typeCommand(words(line), given.away ? AWAY : env, { input });
  const asked = requests.taken();
  expect({ line, code, err, asked }).toMatchObject({
    line,
    code: 0,
    err: '',
    asked: expect.arrayContaining([endpoint]),
  });
  for (const each of asked) reached.add(each);
  // A log is lines of JSON.
  return /^[[{]\n/.test(out) || /^[[{].*\n$/.test(out) ? JSON.parse(out) : out;
}

/** Words of a command line; those with blanks stand in double quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function secretFile(name: string, secret: string): string {
  const file = join(scratch.path, name);
  writeFileSync(file, secret);
  return file;
}

const AT = '--encoder "Left encoder"';

test('each endpoint of the document is reached by a command, but for those that a reviewer excepted', async () => {
  await properties();
  await places();
  await members();
  await persons();
  await accountsAndKeys();
  await desks();
  await cards();
  await copies();
  await webhooks();
  await logs();
  const wanted = ENDPOINTS.map(({ id }) => id).filter((id) => !(id in NEEDS_NO_COMMAND));
  expect(wanted.filter((id) => !reached.has(id))).toEqual([]);
  // An exception that is none any more goes from the list.
  expect(Object.keys(NEEDS_NO_COMMAND).filter((id) => reached.has(id))).toEqual([]);
});

async function properties() {
  await reach('listProperties', 'properties list');
  await reach('getProperty', 'properties show');
  await reach('changeProperty', `properties change ${PUBLISHED.propertyNumber} --name "Demo 酒店"`);
  await reach('searchGuests', 'guests find lin');
  await reach('getGuestDataRule', 'guests rule');
  expect(await reach('setGuestDataRule', 'guests keep 400 -y')).toEqual({ keptDays: 400 });
  await reach('setGuestDataRule', 'guests keep forever');
}

async function places() {
  await reach('createBuilding', 'buildings create 9 --name "Pool house"');
  await reach('listBuildings', 'buildings list');
  await reach('getBuilding', 'buildings show 9');
  await reach('changeBuilding', 'buildings change 9 --number 8');
  await reach('createFloor', 'floors create 8/1');
  await reach('listFloors', 'floors list --building 8');
  await reach('getFloor', 'floors show 8/1');
  await reach('changeFloor', 'floors change 8/1 --name Ground');
  await reach('importRooms', 'rooms create 8/1/R1 --lock-type QRBLOCK');
  await reach('listRooms', 'rooms list');
  await reach('getRoom', 'rooms show 8/1/R1');
  await reach('changeRoom', 'rooms change 8/1/R1 --name Cabin');
  await reach('getKeyRack', 'rooms rack --all');
  await reach('getRoomCards', 'rooms cards 001/001/R007');
  await reach('listRoomHistory', 'cards records 001/001/R007 --from 2026-01-01 --until 2099-01-01');
  await reach('removeRoom', 'rooms remove 8/1/R1 -y');
  await reach('removeFloor', 'floors remove 8/1 -y');
  await reach('removeBuilding', 'buildings remove 8 -y');
}

async function members() {
  await reach('createMember', 'members create Ada --role receptionist --email ada@example.com --issuing');
  await reach('listMembers', 'members list --search ada');
  await reach('getMember', `members show ${(await reach('listMembers', 'members list --search ada'))[0].id}`);
  await reach('changeMember', 'members change Ada --name "Ada L"');
  await reach('setMemberPassword', 'members password ada@example.com', { text: 'correct horse battery' });
  await reach('createPasswordLink', 'members link ada@example.com');
}

async function persons() {
  const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const { token } = await reach('inviteMember', `members invite ada@example.com --expires ${nextWeek}`);
  await reach('revokeInvitation', 'members uninvite ada@example.com');
  const again = await reach('inviteMember', 'members invite ada@example.com');
  expect(again.token).not.toBe(token);
  const invitation = secretFile('invitation', again.token);
  const own = secretFile('own-password', 'her very own');
  const login = `login ${url} --email ada@home.example --password-file ${own}`;
  await reach('createPerson', `${login} --invited --name "Ada at home" --invitation-file ${invitation}`, {
    away: true,
  });
  await reach('createSession', login, { away: true });
  expect(await reach('getMyself', 'me show', { away: true })).toMatchObject({ memberships: [{ name: 'Ada L' }] });
  const [current, other] = await reach('listSessions', 'sessions list', { away: true });
  expect(current).toMatchObject({ current: true });
  await reach('revokeSession', `sessions end ${other.id} -y`, { away: true });
  const offered = await reach('inviteOwner', 'persons invite-owner');
  await reach('joinMembership', 'me join', { text: offered.token, away: true });
  expect(await reach('listPersons', 'persons list')).toMatchObject([
    { name: 'Ada at home', owner: true },
    { name: 'Administrator', owner: true },
  ]);
  await reach('createPersonPasswordLink', 'persons link "Ada at home"');
  await reach('removeOwner', 'persons remove-owner ada@home.example -y');
  const { secret } = await reach('createAuthenticator', `factors add-app --password-file ${own}`, { away: true });
  await reach('confirmAuthenticator', 'factors confirm-app', { text: codeOf(secret, Date.now()), away: true });
  const { codes } = await reach('createRecoveryCodes', `factors recovery-codes --password-file ${own}`, { away: true });
  await reach('openSession', login, { text: codeOf(secret, Date.now() + 30_000), away: true });
  await reach('openSession', login, { text: codes[0], away: true });
  const mine = await reach('getMyFactors', 'factors show', { away: true });
  expect(mine).toMatchObject({ recoveryCodes: { left: 9 } });
  await reach('removePersonFactors', 'persons remove-factors ada@home.example -y');
  await reach('createSession', login, { away: true });
  await reach('createAuthenticator', `factors add-app --password-file ${own}`, { away: true });
  await reach('removeAuthenticator', `factors remove-app --password-file ${own} -y`, { away: true });
  await reach('removeMemberPerson', 'members remove-person ada@example.com -y');
  const next = secretFile('next-password', 'another one of hers');
  await reach('setMyName', 'me name "Ada Lin"', { away: true });
  await reach('setMyPassword', `me password --current-file ${own} --new-file ${next}`, { away: true });
  await reach('createSession', `login ${url} --email ada@home.example --password-file ${next}`, { away: true });
  await reach('revokeSession', 'logout', { away: true });
}

async function accountsAndKeys() {
  await reach('createAccount', 'accounts create PMS');
  await reach('listAccounts', 'accounts list');
  await reach('listPropertyAccounts', `accounts list --property ${PUBLISHED.propertyNumber}`);
  const { sid } = await reach('getAccount', 'accounts show PMS');
  await reach('changeAccount', `accounts change ${sid} --no-signature-a`);
  await reach('rotateAccountToken', 'accounts rotate PMS');
  await reach('removePropertyAccount', `accounts deny PMS --property ${PUBLISHED.propertyNumber} -y`);
  await reach('putPropertyAccount', 'accounts allow PMS');
  await reach('createApiKey', 'keys create Kiosk --scope cards');
  await reach('listApiKeys', 'keys list');
  await reach('revokeApiKey', 'keys revoke Kiosk -y');
  await reach('listCardKeys', 'card-keys list');
  const file = join(scratch.path, 'programmer.key');
  const { out } = await typeCommand(['locks', 'new-key', file]);
  await reach('exportLock', `locks export 001/001/R007 --for ${out.trim()}`);
}

async function desks() {
  await reach('listAgents', 'agents list --connected');
  await reach('getAgent', 'agents show "Demo front desk"');
  await reach('changeAgent', 'agents rename "Demo front desk" Lobby');
  await downloads();
  await reach('createPairingCode', 'agents pair --replaces Lobby');
  await reach('listEncoders', 'encoders list');
  await reach('getEncoder', 'encoders show "Left encoder"');
  await reach('changeEncoder', `encoders change ${PUBLISHED.encoder} --for-signed-in yes`);
  await reach('getSandbox', `sandbox show ${AT}`);
  await reach('getSandboxCards', `sandbox cards ${AT}`);
}

async function downloads() {
  const offered = [expect.objectContaining({ name: AGENT, system: 'linux-x64' })];
  expect(await reach('listDownloads', 'downloads list')).toEqual(offered);
  const out = join(scratch.path, 'fetched');
  const fetched = await reach('listDownloads', `downloads fetch linux-x64 --out ${out}`);
  expect(readFileSync(fetched.file, 'utf8')).toBe('a package');
  const again = await typeCommand(words(`downloads fetch ${AGENT} --out ${out}`), env);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
}

async function cards() {
  const until2099 = '--until 2099-01-01';
  await reach('createSandboxCard', `sandbox new-card --serial 04AABB01 ${AT}`);
  await reach('putSandboxCard', `sandbox lay 04AABB01 ${AT}`);
  expect(await reach('previewIssue', `cards preview 001/001/R007 ${until2099}`)).toMatchObject({
    stops: [{ serial: PUBLISHED.serial }],
  });
  await reach('createOperation', `operations issue 001/001/R007 ${until2099} --holder Ada ${AT}`);
  await reach('listCards', 'cards list');
  const { record } = await reach('getCard', 'cards show 04AABB01');
  await reach('getCardRecord', `cards record ${record.id}`);
  await reach('listCardRecords', 'cards find --room 001/001/R007 --may-open');
  await reach('deleteGuestData', `guests delete --card-record ${record.id} -y`);
  await reach('retireCard', 'cards retire 04AABB01 -y');

  await reach('removeSandboxCard', `sandbox take-away ${AT}`);
  const reading = typeCommand(words(`operations read ${AT}`), env);
  const waits = await one('operations list --state accepted', reading);
  await reach('withdrawOperation', `operations withdraw ${waits} -y`);
  expect(await reading).toMatchObject({ code: 1, err: expect.stringContaining('withdrawn') });
  await reach('getOperation', `operations show ${waits}`);
  await reach('getOperationSteps', `operations steps ${waits}`);
  await reach('getStatistics', 'operations statistics');
  await reach('listOperations', 'operations list --attention --search 007');
  await reach('listOperations', `operations list ${AT} --room 001/001/R007`);

  await reach('createSandboxCard', `sandbox new-card --serial 04AABB02 ${AT}`);
  await reach('setSandboxFailure', `sandbox fail write-failed ${AT}`);
  await reach('removeSandboxFailure', `sandbox fail --none ${AT}`);
  await reach('setSandboxFailure', `sandbox fail outcome-unknown ${AT}`);
  await reach('putSandboxCard', `sandbox lay 04AABB02 ${AT}`);
  const issuing = typeCommand(words(`operations issue 001/001/R008 ${until2099} --holder Ada ${AT}`), env);
  const unknown = await one('operations list --state unknown', issuing);
  await reach('writeOffOperation', `operations write-off ${unknown} -y`);
  expect(await issuing).toMatchObject({ code: 1 });
}

async function copies() {
  await reach('removeSandboxCard', `sandbox take-away ${AT}`);
  await reach('createSandboxCard', `sandbox new-card --serial 04AABB03 ${AT}`);
  const issuing = typeCommand(
    words(`operations issue 001/002/R002 --until 2099-01-01 --holder Ada --copies 2 ${AT}`),
    env,
  );
  const first = await one('operations list --state accepted', issuing);
  const { copy } = await reach('getOperation', `operations show ${first}`);
  await reach('putSandboxCard', `sandbox lay 04AABB03 ${AT}`);
  await until('the second copy waits', async () => {
    const set = await reach('getCopySet', `operations copies ${copy.set}`);
    return set.operations.length === 2;
  });
  await reach('withdrawCopySet', `operations stop-copies ${copy.set} -y`);
  expect(await issuing).toMatchObject({ code: 1, err: expect.stringContaining('1 of 2 cards were made.') });
}

async function webhooks() {
  const receiver = await webhookReceiver();
  for (const [of, flag] of [
    ['', ''],
    ['Installation', ' --installation'],
  ] as const) {
    const made = await reach(
      `create${of}Webhook`,
      `webhooks add ${receiver.url} --type webhook.changed,place.changed${flag}`,
    );
    expect(made.secret).toMatch(/^whsec_/);
    await reach(`list${of}Webhooks`, `webhooks list${flag}`);
    await reach(`change${of}Webhook`, `webhooks change ${receiver.url} --every-type${flag}`);
    expect(await reach(`test${of}Webhook`, `webhooks test ${receiver.url}${flag}`)).toMatchObject({ delivered: true });
    await until('something arrived', async () => {
      const told = await reach(`list${of}WebhookDeliveries`, `webhooks deliveries ${made.id}${flag}`);
      return told.length > 0;
    });
    await reach(`replay${of}WebhookDelivery`, `webhooks replay ${made.id} 1${flag}`);
    await reach(`replay${of}Webhook`, `webhooks replay ${made.id}${flag}`);
    const rotated = await reach(`rotate${of}WebhookSecret`, `webhooks rotate ${made.id}${flag}`);
    expect(rotated.secret).not.toBe(made.secret);
    await reach(`remove${of}Webhook`, `webhooks remove ${made.id} -y${flag}`);
  }
}

async function logs() {
  await reach('listPropertyEvents', 'events list --limit 3');
  await reach('listPropertyEvents', 'events follow --after 0 --limit 1');
  await reach('listEvents', 'events follow --all --after W10 --limit 1');
  await reach('listAuditRecords', 'audit list --room 001/001/R007');
  await reach('getAuditRecord', 'audit show 1');
  await reach('listInstallationAuditRecords', 'audit list --installation');
  await reach('exportAuditLog', 'audit export');
  await reach('exportInstallationAuditLog', 'audit export --installation');
  await reach('verifyAuditLog', 'audit verify');
  await reach('verifyInstallationAuditLog', 'audit verify');
  await reach('rotateCardKey', 'card-keys rotate -y');
  // Last: what comes after it has no front desk.
  await reach('setSandboxOutage', `sandbox disconnect 1 ${AT}`);
  await reach('revokeAgent', 'agents revoke Lobby -y');
  await reach('forgetEncoder', `encoders forget ${PUBLISHED.encoder} -y`);
  await reach('forgetAgent', 'agents forget Lobby -y');
  await reach('createProperty', 'properties create 2002 Annex --time-zone Asia/Shanghai');
}

/** The id of the one operation that such a list comes to tell, unless the command that waits for it ended before. */
async function one(line: string, waiting: ReturnType<typeof typeCommand>): Promise<string> {
  let ended: unknown = null;
  void waiting.then((typed) => {
    ended = typed;
  });
  return until(line, async () => {
    const [found] = await reach('listOperations', line);
    if (found === undefined && ended !== null) throw new Error(JSON.stringify(ended));
    return found?.id;
  });
}
