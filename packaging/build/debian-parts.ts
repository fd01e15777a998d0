import type { ProductName } from './products.ts';

/** What a product is as a package of Debian. */
export interface DebianPackage {
  readonly name: string;
  readonly user: string;
  /** Its data, which a purge removes. */
  readonly data: string;
  /** Its file of settings in /etc/keyrack. */
  readonly settings: string;
  /** What it starts. What comes first is stopped first. */
  readonly units: readonly string[];
  /** Where several packages bring the command `keyrack`, that of the highest number is run. */
  readonly priority: number;
  /** What only a package's unit says in its first section. */
  readonly unitLines: readonly string[];
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** How dpkg-deb compresses it, in seconds rather than minutes. */
  readonly compression: readonly string[];
  readonly summary: string;
  readonly description: readonly string[];
}

/** What Node and the parts in machine code need, and what makes the user. */
const BASE = ['libc6 (>= 2.28)', 'libgcc-s1', 'libstdc++6 (>= 8)', 'systemd | systemd-standalone-sysusers'];

const PACKAGES: Readonly<Record<ProductName, DebianPackage>> = {
  agent: {
    name: 'keyrack-agent',
    user: 'keyrack-agent',
    data: '/var/lib/keyrack-agent',
    settings: 'agent.env',
    units: ['keyrack-agent.path', 'keyrack-agent.service'],
    priority: 10,
    unitLines: [
      '# Paired by `keyrack agent pair`; keyrack-agent.path starts it then.',
      'ConditionPathExists=/var/lib/keyrack-agent/agent-identity.json',
    ],
    depends: [...BASE, 'libpcsclite1'],
    recommends: ['pcscd', 'libccid'],
    compression: ['-Zxz', '-z0', '--threads-max=2'],
    summary: 'front-desk agent of Keyrack, for room cards',
    description: [
      'Keyrack issues, reads and cancels room cards of hotels and serviced apartments.',
      'This is the program for the computer at the front desk: it carries out what',
      'the server asks for on card encoders, once the computer is paired with it.',
      'It brings the Node that it runs on.',
    ],
  },
  server: {
    name: 'keyrack-server',
    user: 'keyrack',
    data: '/var/lib/keyrack',
    settings: 'server.env',
    units: ['keyrack-server.service'],
    priority: 20,
    unitLines: [],
    depends: BASE,
    recommends: [],
    // It holds the agents' archives, which are packed already.
    compression: ['-Zgzip', '-z1'],
    summary: 'server and command line of Keyrack, for room cards',
    description: [
      'Keyrack issues, reads and cancels room cards of hotels and serviced apartments.',
      'This is the server: property software calls it over HTTP, agents at front',
      'desks carry out its commands, and people manage it in the browser. It listens',
      'on 127.0.0.1:8080 until told otherwise, and prints in its log where to begin.',
      'It brings the Node that it runs on, and the programs for front desks.',
    ],
  },
};

export const debianPackage = (product: ProductName): DebianPackage => PACKAGES[product];

/** A maintainer's script: the same for all packages but for what these words stand for. */
export function scriptOf(made: DebianPackage, text: string): string {
  const words: Readonly<Record<string, string>> = {
    NAME: made.name,
    USER: made.user,
    DATA: made.data,
    PRIORITY: String(made.priority),
    UNITS: made.units.join(' '),
  };
  return text.replaceAll(/@([A-Z]+)@/g, (_, word: string) => {
    const stands = words[word];
    if (stands === undefined) throw new Error(`nothing stands for @${word}@ in a maintainer's script`);
    return stands;
  });
}

/** The unit as the package brings it: made from the one that is installed by hand, with the package's program. */
export function unitOf(made: DebianPackage, text: string): string {
  const start = /^ExecStart=.*? (agent|serve)\b(.*)$/m;
  if (!start.test(text)) throw new Error(`the unit of ${made.name} starts neither an agent nor a server`);
  return text
    .replace(
      /^(?:#.*\n)+/,
      `# Change a setting in /etc/keyrack/${made.settings}, anything else with "systemctl edit ${made.name}".\n`,
    )
    .replace(/^WorkingDirectory=.*\n/m, '')
    .replace(start, `ExecStart=/usr/lib/${made.name}/keyrack $1$2`)
    .replace(/^\[Unit\]\n/m, ['[Unit]', ...made.unitLines, ''].join('\n'));
}
