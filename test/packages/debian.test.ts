import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { debianFile } from '../../packaging/build/debian.ts';
import { readDocument } from '../documents/testing/document.ts';
import { commandsOf } from '../documents/testing/printed-commands.ts';
import { scratchFolder } from '../world/scratch.ts';
import { until } from '../world/until.ts';
import { bootDebian, type DebianComputer } from './testing/boot-debian.ts';
import { agentSettings, CARDS, eachWorks, everyOneEnds, keepWorking, ROOMS, setUpHotel } from './testing/hotel.ts';
import { NEXT_VERSION } from './testing/next-version.ts';
import { SYSTEM } from './testing/packages.ts';

/**
 * Debian's packages on a computer that has nothing but Debian, under a systemd that was booted. Whatever docs/install-debian.md
 * says is typed there.
 */

const PAGE = commandsOf(readDocument('docs/install-debian.md'));
const NAMES = ['keyrack-agent', 'keyrack-server'] as const;
/** What stays when everything was purged, as the page says, beside what is in /var/log. */
const USERS = ['keyrack', 'keyrack-agent'];

const scratch = scratchFolder();
let computer: DebianComputer | null = null;
afterEach(async () => {
  await computer?.close();
  scratch.remove();
});

/** Where the package of this version is on that computer. */
const fileOf = (name: (typeof NAMES)[number], version: string) =>
  `/packages/${version === VERSION ? 'now' : 'next'}/${debianFile(name === 'keyrack-agent' ? 'agent' : 'server', version, SYSTEM)}`;

function journey(): void {
  test('installed, set up, paired and at work; on another port; upgraded at work; removed, installed again, purged', async () => {
    const { run, reach } = await bootDebian(scratch.path, inject('packages')).then((booted) => {
      computer = booted;
      return booted;
    });
    const untyped = new Set(PAGE);
    /** Types a command of the page, with what stands in the place of its words in capitals. */
    const types = async (command: string, words: Readonly<Record<string, string>> = {}) => {
      expect(PAGE).toContain(command);
      untyped.delete(command);
      const typed = Object.entries(words).reduce((text, [word, stands]) => text.replace(word, stands), command);
      return run('sh', '-c', typed.replace(/^apt-get /, 'apt-get --yes --option=Dpkg::Options::=--force-unsafe-io '));
    };
    const installs = (name: (typeof NAMES)[number], version: string, stands = 'VERSION') => {
      const file = `./${name}_${stands}_amd64.deb`;
      return types(`apt-get install ${file}`, { [file]: fileOf(name, version) });
    };
    const keyrack = (...args: readonly string[]) => run('keyrack', ...args);
    const write = (path: string, text: string, owner: string) =>
      run('sh', '-ec', 'printf "%s" "$2" > "$1"; chmod 600 "$1"; chown "$3:" "$1"', 'sh', path, text, owner);
    const stateOf = async (unit: string) =>
      (await run('systemctl', 'show', '--value', '--property=ActiveState', unit)).trim();
    const files = async () => (await run('sh', '-c', FIND)).trim().split('\n');
    const before = await files();

    // The server runs at once, on loopback alone; the agent waits for its pairing.
    for (const name of NAMES) await installs(name, VERSION);
    let url = await reach(8080);
    const printed = await until('the server prints its link', async () => {
      const log = await types('journalctl -u keyrack-server -o cat');
      return log.includes('/set-up#') && log;
    });
    expect((await run('keyrack', '--version')).trim()).toBe(VERSION);
    expect(await stateOf('keyrack-agent')).toBe('inactive');
    for (const name of NAMES) await run('systemd-analyze', 'security', '--threshold=20', '--no-pager', name);

    // A person sets it up, and pairs the front desk: root does, and the agent's user has what comes of it.
    await write('/tmp/rooms.csv', readFileSync(ROOMS, 'utf8'), 'root');
    const hotel = await setUpHotel(() => url, printed, keyrack, '/tmp/rooms.csv');
    await write('/var/lib/keyrack-agent/agent.json', agentSettings(), 'keyrack-agent');
    const { code } = JSON.parse(await types('keyrack agents pair --property NUMBER', { NUMBER: hotel.number }));
    await types('keyrack agent pair CODE --server wss://HOST/agent', {
      CODE: code,
      'wss://HOST/agent': 'ws://127.0.0.1:8080/agent',
    });
    expect(await run('sh', '-c', 'stat --format="%U %a" /var/lib/keyrack-agent/*.json')).toBe(
      'keyrack-agent 600\n'.repeat(2),
    );
    for (const [encoder, serial] of CARDS) {
      const place = ['sim', '--data', '/var/lib/keyrack-agent', 'place', serial, '--encoder', encoder];
      await until('the agent runs', () => run('keyrack', ...place, '--chip', 'ntag-215').catch(() => false));
    }
    // Through pcscd, which refuses a user without the rule of polkit.
    const examined = await types('keyrack agent doctor --pcsc').catch(({ stdout }) => stdout);
    expect(examined.match(/^✗.*/gm)).toEqual([expect.stringMatching(/^✗ readers: none is plugged in/)]);

    // Cards are made and cancelled, over another port too.
    await eachWorks(hotel, '301');
    await write('/etc/keyrack/server.env', 'PORT=8090\n', 'root');
    await write('/var/lib/keyrack-agent/agent.json', agentSettings('ws://127.0.0.1:8090/agent'), 'keyrack-agent');
    await types('systemctl restart keyrack-server');
    await types('systemctl stop keyrack-agent');
    await run('systemctl', 'start', 'keyrack-agent');
    url = await reach(8090);
    await eachWorks(hotel, '302');

    // Software that works on while both are upgraded gets every command done.
    await types('keyrack backup /var/backups/before-upgrade.db');
    const working = keepWorking(hotel);
    await working.begun;
    await installs('keyrack-server', NEXT_VERSION, 'NEWER');
    await installs('keyrack-agent', NEXT_VERSION, 'NEWER');
    await working.end();
    await eachWorks(hotel, '306');
    expect((await run('keyrack', '--version')).trim()).toBe(NEXT_VERSION);
    const desks = await run('keyrack', 'agents', 'list', '--property', hotel.number);
    expect(JSON.parse(desks)).toMatchObject([{ version: `keyrack-agent ${NEXT_VERSION}`, connected: true }]);
    await everyOneEnds(hotel, keyrack);

    // What is removed leaves its data, and goes on with it when it is there again.
    for (const name of NAMES) await types(`apt-get remove ${name}`);
    expect(await run('sh', '-c', 'ls /usr/bin/keyrack /usr/lib/keyrack-* 2> /dev/null || true')).toBe('');
    for (const name of NAMES) await installs(name, NEXT_VERSION, 'NEWER');
    await eachWorks(hotel, '307');

    for (const name of NAMES) await types(`apt-get purge ${name}`);
    await run('rm', '/var/backups/before-upgrade.db');
    expect((await files()).filter((file) => !before.includes(file))).toEqual([]);
    expect((await run('sh', '-c', 'cut -d: -f1 /etc/passwd | grep keyrack | sort')).trim().split('\n')).toEqual(USERS);
    expect([...untyped]).toEqual(FROM_CHECKOUT);
  });
}

/** All files but what lives in memory, the log, and what apt and systemd put aside for themselves. */
const FIND =
  'find / -xdev \\( -path /proc -o -path /run -o -path /tmp -o -path /var/log -o -path /packages -o -path /var/cache -o -path /var/tmp -o -path /var/lib/apt \\) -prune -o -print';

/** What takes a checkout that ran there before. */
const FROM_CHECKOUT = ['systemctl disable --now keyrack-server', 'rm /etc/systemd/system/keyrack-server.service'];

const missing = [
  [process.getuid?.() === 0, 'root'],
  [existsSync('/etc/debian_version'), 'Debian'],
  [isProgram('/usr/bin/mmdebstrap'), 'mmdebstrap'],
  [isProgram('/usr/bin/systemd-nspawn'), 'systemd-container'],
].flatMap(([there, what]) => (there ? [] : [what]));
if (missing.length === 0) describe("Debian's packages", journey);
else describe.skip(`Debian's packages (needs ${missing.join(', ')})`, journey);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
