import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '@keyrack/cli/commands.ts';
import { keyrackProgram } from '@keyrack/cli/program.ts';
import { describe, expect, test } from 'vitest';
import { blocksOf, readDocument } from './testing/document.ts';
import { commandsOf, documents, keyrackWordsOf, partsOf, spansOf, wordsOf } from './testing/printed-commands.ts';
import { REASONS } from './testing/reasons.ts';

/** Every command that a document or a message prints: it is run by a test, or understood, or listed with a reason. */

/** The documents whose commands are run, and where. */
const RUN_BY: Readonly<Record<string, string>> = {
  'README.md': 'test/documents/desk-commands.test.ts',
  'docs/api.md': 'test/documents/api-commands.test.ts',
  'docs/command-line.md': 'test/command-line/card-commands.test.ts',
  'docs/desk-pc.md': 'test/documents/desk-commands.test.ts',
  'docs/encoders.md': 'test/documents/desk-commands.test.ts',
  'docs/install-debian.md': 'test/packages/debian.test.ts',
  'docs/locks.md': 'test/documents/desk-commands.test.ts',
  'docs/reverse-proxy.md': 'test/documents/reverse-proxy.test.ts',
  'docs/room-card-api.md': 'test/conformance/documented-examples.test.ts',
  'docs/server.md': 'test/documents/server-commands.test.ts',
};

/** Commands that no test runs as they stand, beside those that the tests above list. */
const LISTED: Readonly<Record<string, string>> = {
  'npm run simulate -- --mutants': REASONS.hours,
  'npm run simulate -- --mutants NAME --record': REASONS.hours,
  'npm run simulate -- --mutants --record': REASONS.hours,
  'npm pack ./packages/sdk/dist': REASONS.packed,
  'npm run bench': REASONS.machine,
  'npm run bench -- road --quick': REASONS.machine,
  'apt-get install caddy': REASONS.packages,
  'apt-get install nginx-light': REASONS.packages,
  'apt-get install pcscd libccid': REASONS.packages,
  'journalctl -u keyrack-agent': REASONS.systemd,
  'journalctl -u pcscd': REASONS.systemd,
  'journalctl -u keyrack-server -o cat': REASONS.systemd,
  'install.cmd --server wss://HOST/agent --pair CODE': REASONS.windows,
  'nginx -t': 'is done by the test of the configuration, with its paths',
  'systemctl reload nginx': REASONS.systemd,
  'systemctl restart caddy': REASONS.systemd,
  'systemctl restart keyrack-server': REASONS.systemd,
  'systemctl enable --now pcscd.socket': REASONS.systemd,
  'openssl rand -base64 32': "is OpenSSL's own; a test of the settings takes what it prints",
  'minisign -G -W -p keyrack-release.pub -s keyrack-release.key':
    "makes the release's key; the tests sign with one that was made so",
  'npm ci': REASONS.registry,
  'npm install --package-lock-only': REASONS.registry,
  'npm install --save-exact': REASONS.registry,
  'sudo -u keyrack': 'is the beginning of commands',
};

type Command = Awaited<ReturnType<typeof keyrackProgram>>;

const program = await keyrackProgram({ env: {}, out() {}, say() {}, err() {} }, COMMANDS);
const scripts = Object.keys(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts);

/** Documents that name commands of a checkout, since they are for who develops Keyrack or makes its releases. */
const FOR_DEVELOPERS: Readonly<Record<string, string>> = {
  'CONTRIBUTING.md': 'is for who develops Keyrack',
  'README.md': 'begins with the demonstration of a checkout, and tries all of it there',
  'docs/command-line.md': 'says once how the program is typed in a checkout',
  'docs/encoders.md': 'names the measurement behind its figures',
  'docs/install.md': 'says how packages are built',
  'docs/mutants.md': 'is about tests',
  'docs/performance.md': 'is about measuring',
  'docs/reliability.md': 'is about tests',
  'docs/release.md': 'is for who makes a release',
  'docs/sdk.md': 'says how the package is built',
};

test('guides for users print commands as a package has them', () => {
  const ofCheckout = documents().filter(
    (name) =>
      isGuide(name) &&
      /npx keyrack|npm (?:start|ci|test|run)\b|git (?:pull|clone|checkout)\b|node packages\//.test(readDocument(name)),
  );
  expect(ofCheckout.sort()).toEqual(Object.keys(FOR_DEVELOPERS).sort());
});

/** What of a `keyrack` command this version doesn't know; null where it knows all. */
function problemOf(words: readonly string[]): string | null {
  const way: Command[] = [program];
  let last: Command = program;
  for (const word of words) {
    if (word.startsWith('--')) {
      const [flag = ''] = word.split('=');
      const known =
        flag === '--help' ||
        flag === '--version' ||
        way.some(({ options }) => options.some(({ long }) => long === flag));
      if (!known) return `${last.name()} takes no ${flag}`;
      continue;
    }
    const next = last.commands.find((command) => command.name() === word);
    // A word in capitals or an ellipsis stands for what a person knows.
    if (
      next === undefined &&
      last.commands.length > 0 &&
      last.registeredArguments.length === 0 &&
      isName(word) &&
      last === way.at(-1) &&
      !takesValue(words, word, way)
    )
      return `${last.name()} has no command ${word}`;
    if (next !== undefined) {
      last = next;
      way.push(next);
    }
  }
  return null;
}

/** History and decisions speak about commands; nobody types them from there. */
const isGuide = (name: string) => !name.startsWith('docs/decisions/') && name !== 'CHANGELOG.md';

const isName = (word: string) => /^[a-z][a-z-]*$/.test(word);

/** Whether a word is the value of the option before it. */
function takesValue(words: readonly string[], word: string, way: readonly Command[]): boolean {
  const before = words[words.indexOf(word) - 1] ?? '';
  return way.some(({ options }) =>
    options.some(({ long, required, optional }) => long === before && (required || optional)),
  );
}

/** The script that `npm` is asked for; null where it is asked for something else. */
function npmScriptOf(command: string): string | null {
  const words = wordsOf(command).filter((word) => !/^[A-Z_]+=/.test(word));
  if (words[0] !== 'npm') return null;
  return words[1] === 'run' ? (words[2] ?? '') : ['start', 'test'].includes(words[1] ?? '') ? (words[1] ?? '') : null;
}

describe.each(documents())('%s', (name) => {
  const page = readDocument(name);

  test('marks its commands as such, so that no test overlooks them', () => {
    const unmarked = blocksOf(page).filter(({ language }) => language === 'indented');
    expect(unmarked.map(({ line, text }) => `${name}:${line}: ${text}`)).toEqual([]);
  });

  test('has no command that isn’t run by a test or listed with a reason', () => {
    if (RUN_BY[name] !== undefined) {
      // That test compares its list with the page.
      expect(readFileSync(new URL(`../../${RUN_BY[name]}`, import.meta.url), 'utf8')).toContain(name);
      return;
    }
    expect(commandsOf(page).filter((command) => LISTED[command] === undefined)).toEqual([]);
  });

  test('names commands of Keyrack and scripts of npm that there are', () => {
    for (const command of [...commandsOf(page), ...spansOf(page)].flatMap(partsOf)) {
      const words = keyrackWordsOf(command);
      const script = npmScriptOf(command);
      if (words !== null) expect([command, problemOf(words)]).toEqual([command, null]);
      else if (script !== null) expect([command, scripts]).toEqual([command, expect.arrayContaining([script])]);
      else if (isGuide(name) && !commandsOf(page).includes(command))
        expect([command, LISTED[command]]).toEqual([command, expect.any(String)]);
    }
  });
});

test('messages of the programs name commands that there are', () => {
  const named: string[] = [];
  for (const file of sourceFiles(fileURLToPath(new URL('../../packages', import.meta.url)))) {
    const source = readFileSync(file, 'utf8');
    for (const [, text = ''] of source.matchAll(/\\?`((?:npx )?keyrack [^`\\$]+)\\?`/g))
      named.push(text.replace(/\s+/g, ' ').trim());
  }
  expect(named.length).toBeGreaterThan(10);
  for (const command of named) expect([command, problemOf(keyrackWordsOf(command) ?? [])]).toEqual([command, null]);
});

/** Where sources may say how a checkout is worked with, since packages never come there. */
const OF_CHECKOUTS: Readonly<Record<string, string>> = {
  'cli/src/installation.ts': 'says how a checkout’s program is typed; in packages another module stands for it',
  'cli/src/agent-updatable.ts': 'tells why a checkout never updates itself',
  'agent/src/page/texts-chinese.ts': 'tells the same in Chinese',
  'agent/src/encoder/pcsc/native/reader-process.ts': 'names both ways to install what is missing',
  'console/src/front-desks/pairing/without-packages.tsx': 'is shown where the line is a checkout’s',
  'server/src/console/not-built-page.ts': 'is shown where the console isn’t built; packages bring theirs',
};

test('programs say nothing of a checkout but where it is one, so that those of a package tell what works there', () => {
  const folder = fileURLToPath(new URL('../../packages', import.meta.url));
  const saying = sourceFiles(folder).filter((file) => {
    // Comments are for those who have the sources.
    const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    return /npx keyrack|npm (?:ci|start|run|install)\b|git pull/.test(code);
  });
  const names = saying.map((file) => relative(folder, file).replaceAll('\\', '/'));
  expect(names.sort()).toEqual(Object.keys(OF_CHECKOUTS).sort());
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      // A console that is being built lies beside `dist`.
      return /^(?:node_modules|dist.*)$/.test(entry.name) ? [] : sourceFiles(path);
    return /\.(?:tsx?|js)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

test('the list has no command that no document prints', () => {
  const printed = documents().flatMap((name) => {
    const page = readDocument(name);
    return [...commandsOf(page), ...spansOf(page)].flatMap((command) => [command, ...partsOf(command)]);
  });
  expect(Object.keys(LISTED).filter((command) => !printed.includes(command))).toEqual([]);
});

describe('what isn’t a command of Keyrack is noticed', () => {
  test.each([
    ['keyrack agents pear --property NUMBER', 'agents has no command pear'],
    ['npx keyrack agent doctor --date FOLDER', 'doctor takes no --date'],
    ['keyrack restore FILE --folder x', 'restore takes no --folder'],
    ['keyrack agent doctor --data FOLDER', null],
    ['keyrack sim knock DOOR SERIAL', null],
    ['keyrack COMMAND --help', null],
  ])('%s', (command, problem) => {
    expect(problemOf(keyrackWordsOf(command) ?? [])).toBe(problem);
  });
});
