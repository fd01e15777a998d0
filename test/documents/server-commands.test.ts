import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { webSocketTransport } from '@keyrack/agent';
import { pairFolder } from '@keyrack/cli/agent-pairing.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { FIRST_PROPERTY, setUpProperty, setUpTokenIn } from '../world/set-up.ts';
import { blocksOf, readDocument } from './testing/document.ts';
import { commandsOf } from './testing/printed-commands.ts';
import { REASONS } from './testing/reasons.ts';
import { carryOut, checkoutIn, notRun, openStage, type Plan, type Printed, runs, writeOn } from './testing/stage.ts';

/** docs/server.md: every command in it, in order, from an empty computer to the way back from an update. */

const page = readDocument('docs/server.md');
const stage = openStage();
afterAll(() => stage.close());

const port = await freePort();
const metricsPort = await freePort();
const data = join(stage.root, 'var/lib/keyrack');
/** What the operator keeps in the password safe. */
let key = '';

const json = ({ out }: Printed) => JSON.parse(out);

/** What the package brings, as far as commands of the page meet it. */
function installed(): void {
  checkoutIn(join(stage.root, 'opt/keyrack'));
  for (const folder of ['etc/keyrack', 'etc/systemd/system', 'var/lib'])
    mkdirSync(join(stage.root, folder), { recursive: true });
  mkdirSync(data, { mode: 0o700 });
  const unit = readFileSync(new URL('../../packaging/keyrack-server.service', import.meta.url), 'utf8');
  writeOn(stage, 'etc/systemd/system/keyrack-server.service', unit);
  // The settings of the page, and what keeps this test from getting in anybody's way.
  const [settings] = blocksOf(page).filter(({ text }) => text.startsWith('KEYRACK_PUBLIC_URL'));
  writeOn(
    stage,
    'etc/keyrack/server.env',
    `${settings?.text}\nPORT=${port}\nKEYRACK_METRICS=127.0.0.1:${metricsPort}\n`,
  );
}

const startServer = async () => {
  await stage.beginUnit('keyrack-server', 'Keyrack listens on');
};
const stopServer = () => stage.end();
const isReady = async () => {
  const { out } = await stage.run(`curl -s http://127.0.0.1:8080/readyz`);
  expect(JSON.parse(out)).toEqual({ ready: true });
};

const plan: Plan = [
  // Install, and run it as a service.
  ['apt-get install ./keyrack-server_VERSION_amd64.deb', notRun(REASONS.debian, installed)],
  [
    'install -d -m 0700 -o keyrack -g keyrack /var/backups/keyrack',
    runs(() => expect(statSync(join(stage.root, 'var/backups/keyrack')).mode & 0o777).toBe(0o700)),
  ],
  ['systemctl restart keyrack-server', notRun(REASONS.systemd)],
  [
    'journalctl -u keyrack-server -o cat',
    notRun(REASONS.systemd, async () => {
      const said = await stage.beginUnit('keyrack-server', '/set-up#');
      expect(said).toContain('https://keys.example.com/set-up#');
      await setUpProperty(`http://127.0.0.1:${port}`, setUpTokenIn(said));
    }),
  ],

  // Set it up.
  [
    'sudo -u keyrack keyrack agents pair --property NUMBER --data /var/lib/keyrack',
    runs(async (printed) => {
      const { command, code } = json(printed);
      expect(command).toContain('--server wss://keys.example.com/agent --pair ');
      // What the desk's computer does with it, past the proxy that only the page speaks of.
      const server = `ws://127.0.0.1:${port}/agent`;
      await pairFolder({ folder: join(stage.root, 'desk'), server, code, known: null }, webSocketTransport);
    }),
  ],

  // Backup.
  [
    'sudo -u keyrack keyrack backup /var/backups/keyrack/monday.db --data /var/lib/keyrack',
    runs((printed) => expect(json(printed).rows).toMatchObject({ properties: 1, members: 1 })),
  ],
  [
    'sudo -u keyrack cat /var/lib/keyrack/master.key',
    runs(({ out }) => {
      key = out;
      expect(Buffer.from(key.trim(), 'base64')).toHaveLength(32);
      writeOn(stage, 'root/master.key', key);
    }),
  ],
  [
    'keyrack backup /var/backups/keyrack/$(date +%F).db --data /var/lib/keyrack >/dev/null',
    runs(({ out }) => {
      expect(out).toBe('');
      expect(backups()).toContainEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d\.db$/));
    }),
  ],
  ["find /var/backups/keyrack -name '*.db' -mtime +30 -delete", runs(() => expect(backups()).toHaveLength(2))],

  // Restore.
  [
    'install -m 0600 -o keyrack -g keyrack /root/master.key /var/lib/keyrack/master.key',
    runs(() => expect(readFileSync(join(data, 'master.key'), 'utf8')).toBe(key)),
  ],
  ['systemctl stop keyrack-server', notRun(REASONS.systemd, stopServer)],
  [
    'sudo -u keyrack keyrack restore /var/backups/keyrack/monday.db --data /var/lib/keyrack',
    runs((printed) => {
      expect(existsSync(json(printed).replaced)).toBe(true);
      expect(json(printed).masterKey).toMatchObject({ fits: true });
    }),
  ],
  ['systemctl start keyrack-server', notRun(REASONS.systemd, startServer)],
  [
    'sudo -u keyrack keyrack audit verify --data /var/lib/keyrack',
    runs((printed) =>
      expect(json(printed)).toMatchObject([
        { property: FIRST_PROPERTY.property.number, brokenAt: null },
        { property: 'installation', brokenAt: null },
      ]),
    ),
  ],

  // Update, and the way back.
  ['sudo -u keyrack keyrack backup /var/backups/keyrack/before-update.db --data /var/lib/keyrack', runs()],
  ['keyrack --version', runs(({ out }) => expect(out.trim()).toBe(VERSION))],
  [
    'apt-get install ./keyrack-server_NEWER_amd64.deb',
    notRun(REASONS.debian, async () => {
      await stopServer();
      await startServer();
      await isReady();
    }),
  ],
  ['systemctl stop keyrack-server', notRun(REASONS.systemd, stopServer)],
  ['apt-get install --allow-downgrades ./keyrack-server_VERSION_amd64.deb', notRun(REASONS.debian)],
  ['systemctl stop keyrack-server', notRun(REASONS.systemd)],
  ['sudo -u keyrack keyrack restore /var/backups/keyrack/before-update.db --data /var/lib/keyrack', runs()],
  [
    'systemctl start keyrack-server',
    notRun(REASONS.systemd, async () => {
      await startServer();
      await isReady();
    }),
  ],

  // Monitoring.
  ['curl http://127.0.0.1:8080/healthz', runs((printed) => expect(json(printed)).toEqual({ alive: true }))],
  ['curl http://127.0.0.1:8080/readyz', runs((printed) => expect(json(printed)).toEqual({ ready: true }))],
  [
    'curl http://127.0.0.1:9464/metrics',
    runs(({ out }) => {
      // What Node tells of itself is one line of the page; the others are each named.
      const own = Array.from(out.matchAll(/^# TYPE (keyrack_\S+)/gm), ([, name = '']) => name).filter(
        (name) => !/^keyrack_(process|nodejs)_/.test(name),
      );
      const told = Array.from(page.matchAll(/^\| `(keyrack_\w+)`/gm), ([, name = '']) => name);
      expect(told.toSorted()).toEqual(own.toSorted());
      expect(out).toMatch(/^keyrack_process_open_fds \d+/m);
    }),
  ],

  // When something is wrong.
  [
    'sudo -u keyrack keyrack agents list --property NUMBER --data /var/lib/keyrack',
    runs((printed) => {
      const [agent] = json(printed);
      stage.words.set('ID', agent.id);
    }),
  ],
  [
    'sudo -u keyrack keyrack agents revoke ID --property NUMBER --data /var/lib/keyrack',
    runs((printed) => expect(json(printed)).toEqual({ revoked: stage.words.get('ID') })),
  ],
];

function backups(): string[] {
  return readdirSync(join(stage.root, 'var/backups/keyrack'));
}

test('every command of the page is run here, or listed with its reason', () => {
  expect(plan.map(([command]) => command)).toEqual(commandsOf(page));
});

test('they do what the page says, in order, from an empty computer', async () => {
  mkdirSync(join(stage.root, 'root'), { recursive: true });
  stage.words.set('NUMBER', FIRST_PROPERTY.property.number);
  stage.words.set('127.0.0.1:8080', `127.0.0.1:${port}`);
  stage.words.set('127.0.0.1:9464', `127.0.0.1:${metricsPort}`);
  await carryOut(stage, plan);
});
