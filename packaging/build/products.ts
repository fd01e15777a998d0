import type { NativeName } from './native-parts.ts';

interface Product {
  /** Of its archives, and of the folder in them. */
  readonly name: string;
  readonly description: string;
  /** The program that its `keyrack` runs. */
  readonly main: string;
  /** Whether the built console is in it. */
  readonly console: boolean;
  readonly native: readonly NativeName[];
  /** Of its archives for Linux. Those of a server bring the agents' archives, which are compressed already. */
  readonly compression: 'xz' | 'gz';
}

/** What is packed: what a front-desk computer needs, and everything for a server. */
export const PRODUCTS = {
  agent: {
    name: 'keyrack-agent',
    description: 'Keyrack front-desk agent: carries out room-card commands on a card encoder',
    main: 'packages/cli/src/agent-main.ts',
    console: false,
    native: ['better-sqlite3', 'koffi'],
    compression: 'xz',
  },
  server: {
    name: 'keyrack-server',
    description: 'Keyrack server with the front-desk agent and the command line',
    main: 'packages/cli/src/main.ts',
    console: true,
    native: ['better-sqlite3', 'koffi', '@node-rs/argon2'],
    compression: 'gz',
  },
} as const satisfies Record<string, Product>;

export type ProductName = keyof typeof PRODUCTS;

export const PRODUCT_NAMES = Object.keys(PRODUCTS) as ProductName[];
