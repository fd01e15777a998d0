// Who may import whom. Every arrow points one way; docs/decisions/0001-tooling.md says why this tool checks it.

/** The server's folders and what each may import besides itself. A folder that isn't listed may import nothing. */
const ROWS = ['store', 'domain'];
const RUNTIME = ['runtime', 'transactions', 'queries', ...ROWS];
const REQUESTS = ['requests', ...RUNTIME];
const SERVER_FOLDERS = {
  domain: [],
  store: ['domain'],
  // What is only read. A transaction reads with the same functions.
  queries: ROWS,
  transactions: ['queries', ...ROWS],
  runtime: ['transactions', 'queries', ...ROWS],
  requests: RUNTIME,
  // What front desks install and update from.
  downloads: RUNTIME,
  dispatch: ['downloads', ...RUNTIME],
  roomcard: REQUESTS,
  rest: ['downloads', ...REQUESTS],
  console: REQUESTS,
  // What every listener owes its connections.
  listener: ['runtime'],
  http: ['roomcard', 'listener', ...REQUESTS],
  // What a demonstration starts with. Nothing but the command line's `demo` imports it.
  demo: RUNTIME,
};

/** What each package may import of the workspace besides itself. */
const PACKAGES = {
  protocol: [],
  server: ['protocol'],
  agent: ['protocol'],
  sdk: ['protocol'],
  console: ['protocol', 'sdk'],
  // Of the console, where it is built and how.
  cli: ['protocol', 'server', 'agent', 'sdk', 'console'],
};

const SERVER = '^packages/server/src/';
/** The files directly in packages/server/src that wire the folders together, and config when it is a folder. */
const WIRING = `${SERVER}(?:(?:main|config)[^/]*|index[.]ts$)`;
/** The scripts of the agent's page, which are served as they lie there. */
const AGENT_BROWSER = '^packages/agent/src/page/browser/';
const TEST = '[.]test[.]tsx?$';
/** Code for tests alone: builders and stand-ins, in a folder `testing` beside what they stand in for. */
const TESTING = '/testing/';
const TEST_CODE = [TEST, TESTING];
const TEST_TOOLS = 'node_modules/(?:vitest|fast-check|@fast-check/[^/]+)/';

const any = (names) => `(?:${names.join('|')})`;

const packageRules = Object.entries(PACKAGES).map(([name, allowed]) => ({
  name: `package-${name}`,
  comment: `packages/${name} imports of the workspace: ${allowed.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: { path: '^(?:packages|test|bench|scripts)/', pathNot: `^packages/${any([name, ...allowed])}/` },
}));

const serverFolderRules = Object.entries(SERVER_FOLDERS).map(([name, allowed]) => ({
  name: `server-${name}`,
  comment: `server/${name} imports of the server: ${allowed.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `${SERVER}${name}/` },
  // What tests share across folders lies in server/src/testing; `only-tests-import-testing` keeps others out of it.
  to: { path: SERVER, pathNot: `${SERVER}${any([name, ...allowed, 'testing'])}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...packageRules,
    ...serverFolderRules,
    {
      name: 'demo-in-demo-alone',
      comment: 'Published credentials stay out of everything but the demonstration.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [`${SERVER}demo/`, '^packages/cli/src/demo', ...TEST_CODE] },
      to: { path: `${SERVER}demo/` },
    },
    {
      name: 'server-folder-unlisted',
      comment: 'A new folder of the server gets its place in SERVER_FOLDERS first.',
      severity: 'error',
      from: { path: SERVER, pathNot: [WIRING, `${SERVER}${any([...Object.keys(SERVER_FOLDERS), 'testing'])}/`, TEST] },
      to: { path: '.' },
    },
    {
      name: 'page-in-browser',
      comment: 'What runs in the browser imports its own folder alone. Types come by @import in comments.',
      severity: 'error',
      from: { path: AGENT_BROWSER },
      to: { pathNot: AGENT_BROWSER },
    },
    {
      name: 'pure-builtins',
      comment: 'The domain and the protocol do no I/O: of Node they import node:crypto alone.',
      severity: 'error',
      from: { path: [`${SERVER}domain/`, '^packages/protocol/'], pathNot: TEST_CODE },
      to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?crypto$' },
    },
    {
      name: 'rows-alone',
      comment:
        'Transactions and queries run in the thread of the store, perhaps twice: rows in, rows out, nothing else.',
      severity: 'error',
      from: { path: `${SERVER}(?:transactions|queries)/`, pathNot: TEST_CODE },
      to: {
        path: '.',
        pathNot: [
          '^packages/protocol/',
          `${SERVER}(?:transactions|queries|domain)/`,
          `${SERVER}store/(?:store|hints|row-types|walk-pages)[.]ts$`,
        ],
      },
    },
    {
      name: 'sdk-anywhere',
      comment: 'The SDK runs in browsers and on other runtimes than Node: it imports none of its modules.',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: TEST_CODE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'examples-use-the-sdk',
      comment: 'An example is what a user of the SDK could write: it imports the entries of the package alone.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(?:packages|test|bench|scripts)/', pathNot: '^packages/sdk/src/(?:room-card/)?index[.]ts$' },
    },
    {
      name: 'environment-in-main-alone',
      comment: 'The lint rule on process.env keeps watch over the global; this one over the import.',
      severity: 'error',
      from: { path: SERVER, pathNot: [WIRING, ...TEST_CODE] },
      to: { path: '^(?:node:)?process$' },
    },
    {
      name: 'domain-packages',
      comment: 'The domain knows no package of the registry, but the calendar that a later Node brings by itself.',
      severity: 'error',
      from: { path: `${SERVER}domain/`, pathNot: TEST_CODE },
      to: { path: 'node_modules/', pathNot: 'node_modules/temporal-' },
    },
    {
      name: 'domain-test-packages',
      comment: 'Tests of the domain need no package of the registry but the test tools.',
      severity: 'error',
      from: { path: `${SERVER}domain/.*(?:${TEST}|${TESTING})` },
      to: { path: 'node_modules/', pathNot: TEST_TOOLS },
    },
    {
      name: 'protocol-packages',
      comment: 'What both ends share has few dependencies: zod and @noble.',
      severity: 'error',
      from: { path: '^packages/protocol/' },
      to: { path: 'node_modules/', pathNot: ['node_modules/(?:zod|@noble/[^/]+)/', TEST_TOOLS] },
    },
    {
      name: 'only-tests-import-testing',
      comment: 'What runs in production imports no test code.',
      severity: 'error',
      from: { path: '^packages/', pathNot: TEST_CODE },
      to: { path: [TEST, `^packages/.*${TESTING}`, TEST_TOOLS] },
    },
    {
      name: 'no-cycles',
      comment: 'No file imports itself, however long the way round.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'declared-packages',
      comment: 'What a package imports stands in its own package.json or, for tools, in the root one.',
      severity: 'error',
      from: { path: '^(?:packages|test|bench)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'scripts-stand-alone',
      comment: 'Scripts run before anything is installed, so they import Node and each other alone.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { dependencyTypesNot: ['core'], pathNot: '^scripts/' },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API in JavaScript; swc parses the sources as they are, type imports included.
    parser: 'swc',
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)dist(?:/|[.])|[.]d[.]mts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
