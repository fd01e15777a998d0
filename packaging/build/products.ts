/**
 * What is packed: the agent alone for a front-desk computer, and everything for a server.
 */
export const PRODUCTS = {
  agent: {
    /** Of its archives and its Debian package. */
    name: 'keyrack-agent',
    description: 'Keyrack front-desk agent: carries out room-card commands on a card encoder',
    /** The program that its `keyrack` runs. */
    main: 'packages/cli/src/agent-main.ts',
    console: false,
    /** What stays a package of its own beside the bundle: parts in machine code, and what loads them. */
    native: ['better-sqlite3', 'koffi'],
  },
  server: {
    name: 'keyrack-server',
    description: 'Keyrack server with the front-desk agent and the command line',
    main: 'packages/cli/src/main.ts',
    console: true,
    native: ['better-sqlite3', 'koffi', '@node-rs/argon2'],
  },
} as const;

export type ProductName = keyof typeof PRODUCTS;

export const PRODUCT_NAMES = Object.keys(PRODUCTS) as ProductName[];
