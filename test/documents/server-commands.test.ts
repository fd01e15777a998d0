import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { webSocketTransport } from '@keyrack/agent';
import { pairFolder } from '@keyrack/cli/agent-pairing.ts';
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
let version = '';

const json = ({ out }: Printed) => JSON.parse(out);
const git = (...args: string[]) =>
  execFileSync('git', ['-C', join(stage.root, 'repository'), '-c', 'user.name=x', '-c', 'user.email=x@y', ...args]);

const startServer = async () => {
  await stage.beginUnit('keyrack-server', 'Keyrack listens on');
};
const stopServer = () => stage.end();
const isReady = async () => {
  const { out } = await stage.run(`curl -s http://127.0.0.1:8080/readyz`);
  expect(JSON.parse(out)).toEqual({ ready: true });
};

const plan: Plan = [
  // Install.
  ['git clone REPOSITORY /opt/keyrack', runs()],
  ['cd /opt/keyrack', runs(() => expect(stage.folder()).toBe(join(stage.root, 'opt/keyrack')))],
  ['npm ci', notRun(REASONS.registry)],

  // Run it as a service.
  ['useradd --system --home-dir /var/lib/keyrack --shell /usr/sbin/nologin keyrack', notRun(REASONS.account)],
  [
    'install -d -m 0700 -o keyrack -g keyrack /var/lib/keyrack /var/backups/keyrack',
    runs(() => expect(statSync(data).mode & 0o777).toBe(0o700)),
  ],
  ['install -d -m 0755 /etc/keyrack', runs()],
  [
    'install -m 0600 /dev/null /etc/keyrack/server.env',
    runs(() => {
      // The settings of the page, and what keeps this test from getting in anybody's way.
      const [settings] = blocksOf(page).filter(({ text }) => text.startsWith('KEYRACK_PUBLIC_URL'));
      writeOn(
        stage,
        'etc/keyrack/server.env',
        `${settings?.text}\nPORT=${port}\nKEYRACK_METRICS=127.0.0.1:${metricsPort}\n`,
      );
    }),
  ],
  ['cp packaging/keyrack-server.service /etc/systemd/system/', runs()],
  ['systemctl enable --now keyrack-server', notRun(REASONS.systemd)],
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
    'sudo -u keyrack npx keyrack agents pair --property NUMBER --data /var/lib/keyrack',
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
    'sudo -u keyrack npx keyrack backup /var/backups/keyrack/monday.db --data /var/lib/keyrack',
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
    'cd /opt/keyrack && npx keyrack backup /var/backups/keyrack/$(date +%F).db --data /var/lib/keyrack >/dev/null',
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
    'sudo -u keyrack npx keyrack restore /var/backups/keyrack/monday.db --data /var/lib/keyrack',
    runs((printed) => {
      expect(existsSync(json(printed).replaced)).toBe(true);
      expect(json(printed).masterKey).toMatchObject({ fits: true });
    }),
  ],
  ['systemctl start keyrack-server', notRun(REASONS.systemd, startServer)],
  [
    'sudo -u keyrack npx keyrack audit verify --data /var/lib/keyrack',
    runs((printed) =>
      expect(json(printed)).toMatchObject([
        { property: FIRST_PROPERTY.property.number, brokenAt: null },
        { property: 'installation', brokenAt: null },
      ]),
    ),
  ],

  // Update, and the way back.
  ['sudo -u keyrack npx keyrack backup /var/backups/keyrack/before-update.db --data /var/lib/keyrack', runs()],
  [
    'git rev-parse HEAD',
    runs(({ out }) => {
      version = out.trim();
      stage.words.set('VERSION', version);
      // Somebody has gone on with the program meanwhile.
      writeFileSync(join(stage.root, 'repository', 'NEWS'), 'newer');
      git('add', '-A');
      git('commit', '-q', '-m', 'newer');
    }),
  ],
  ['systemctl stop keyrack-server', notRun(REASONS.systemd, stopServer)],
  ['git pull', runs(() => expect(existsSync(join(stage.root, 'opt/keyrack/NEWS'))).toBe(true))],
  ['npm ci', notRun(REASONS.registry)],
  [
    'systemctl start keyrack-server',
    notRun(REASONS.systemd, async () => {
      await startServer();
      await isReady();
    }),
  ],
  ['systemctl stop keyrack-server', notRun(REASONS.systemd, stopServer)],
  ['git checkout VERSION', runs(() => expect(existsSync(join(stage.root, 'opt/keyrack/NEWS'))).toBe(false))],
  ['npm ci', notRun(REASONS.registry)],
  ['sudo -u keyrack npx keyrack restore /var/backups/keyrack/before-update.db --data /var/lib/keyrack', runs()],
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
    'sudo -u keyrack npx keyrack agents list --property NUMBER --data /var/lib/keyrack',
    runs((printed) => {
      const [agent] = json(printed);
      stage.words.set('ID', agent.id);
    }),
  ],
  [
    'sudo -u keyrack npx keyrack agents revoke ID --property NUMBER --data /var/lib/keyrack',
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
  // What a computer has: a repository to clone, folders of the system, and later what the operator brings.
  const repository = join(stage.root, 'repository');
  checkoutIn(repository);
  execFileSync('git', ['init', '-q', '-b', 'main', repository]);
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  for (const folder of ['opt', 'etc/systemd/system', 'root']) mkdirSync(join(stage.root, folder), { recursive: true });
  stage.words.set('REPOSITORY', repository);
  stage.words.set('NUMBER', FIRST_PROPERTY.property.number);
  stage.words.set('127.0.0.1:8080', `127.0.0.1:${port}`);
  stage.words.set('127.0.0.1:9464', `127.0.0.1:${metricsPort}`);
  await carryOut(stage, plan);
});
