/** Why a command that a document prints isn't run by a test. */
export const REASONS = {
  systemd: 'needs a running systemd; the test reads the unit and begins what it says',
  account: "makes a user of this computer; the test's own user stands for it",
  packages: 'installs packages of the system; `npm test` does it where it may (scripts/system-parts.mjs)',
  debian: "installs Debian's packages; test/packages/debian.test.ts does it under systemd",
  registry: 'asks the registry of npm; `npm test` does it before any test (scripts/install.mjs)',
  tests: 'runs the tests that this is one of',
  hours: 'takes hours; CI runs the same program for a shorter time',
  machine: 'takes minutes of the whole machine; bench/run.test.ts starts the same program',
  reader: 'needs a card on a reader; test/end-to-end/card-readers.test.ts runs it with a virtual one',
  windows: 'is for Windows; it follows the documentation of others, as the page says',
  packed: 'writes into the working folder; test/sdk/packed.test.ts packs the same package elsewhere',
} as const;
