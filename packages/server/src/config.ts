import { resolve } from 'node:path';
import { z } from 'zod';
import { createAddressOf } from './runtime/client-address.ts';
import { createWebhookNetworks } from './runtime/webhooks/networks.ts';

/** What the server is told by its environment, checked. Times in milliseconds. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Folder of everything that the server keeps. */
  readonly dataFolder: string;
  /** Address of the PostgreSQL database that holds everything else; null for the embedded one in the data folder. */
  readonly databaseUrl: string | null;
  /** Folder of the front desk's packages that the server hands out; null for those that came with it, if any did. */
  readonly downloadsFolder: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** 32 bytes, or null to keep a key in a file of the data folder. */
  readonly masterKey: Uint8Array | null;
  /** The address at which people and agents reach this server, without a slash at its end; null where nobody told it. */
  readonly publicUrl: string | null;
  /** Addresses and ranges of reverse proxies, whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Where metrics are served, or null for nowhere. `wanted` where somebody chose it: then it must be free. */
  readonly metrics: { readonly host: string; readonly port: number; readonly wanted: boolean } | null;
  /** Addresses and ranges that events may be sent to besides the public internet, also without TLS. */
  readonly webhookNetworks: readonly string[];
  /** Threads on which Node does file system work and checks passwords. */
  readonly poolThreads: number;
  /** `diskFreeBytes`: null for a part of the disk. */
  readonly alarms: { readonly agentOfflineMs: number; readonly diskFreeBytes: number | null };
  readonly waits: { readonly cardMs: number; readonly answerMs: number; readonly signInIdleMs: number };
}

/** A variable of the environment can't be used. The message names it and says what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The answer to a caller comes at least so much later than the end of its card's wait: time to tell how it ended. Seconds. */
export const LEAST_MARGIN_SECONDS = 1;

/** A number in digits, such as 20 or 0.5: what JavaScript takes for a number besides (1e3, 0x10, blanks) is a slip here. */
const decimal = (what: string, least: number, most: number) => {
  const error = `is ${what} from ${least} to ${most}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
};
const whole = (what: string, least: number, most: number) => {
  const error = `is ${what} from ${least} to ${most}`;
  return decimal(what, least, most).refine(Number.isInteger, error);
};
const notBlank = z.string().refine((text) => text.trim() !== '', 'is blank; leave it out, or say what it is');

/** Every setting. docs/server.md lists them, and a test compares. */
export const environment = z.object({
  HOST: notBlank.transform((text) => text.trim()).default('127.0.0.1'),
  PORT: whole('a port number', 0, 65_535).default(8080),
  KEYRACK_DATA: notBlank.optional(),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'is an address such as postgres://keyrack:PASSWORD@db.example.com/keyrack')
    .optional(),
  KEYRACK_DOWNLOADS: notBlank.optional(),
  KEYRACK_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is one of trace, debug, info, warn, error, silent',
    })
    .default('info'),
  KEYRACK_MASTER_KEY: z
    .string()
    .regex(/^[0-9A-Za-z+/_-]{43}=?$/, 'is 32 bytes in base64 (openssl rand -base64 32)')
    .optional(),
  KEYRACK_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'is an address such as https://keys.example.com, without a path')
    .transform((text) => new URL(text).origin)
    .optional(),
  KEYRACK_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine(areProxies, 'holds addresses or ranges such as 127.0.0.1 or 10.0.0.0/8, with commas between them')
    .default([]),
  KEYRACK_METRICS: z
    .string()
    .transform(parseMetrics)
    .refine((parsed) => parsed !== 'invalid', 'is HOST:PORT, such as 127.0.0.1:9464 or [::1]:9464, or none')
    .default({ host: '127.0.0.1', port: 9464, wanted: false }),
  KEYRACK_WEBHOOK_NETWORKS: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine(areNetworks, 'holds addresses or ranges such as 10.0.0.5 or 10.0.0.0/8, with commas between them')
    .default([]),
  UV_THREADPOOL_SIZE: whole('a number of threads', 1, 1024).default(4),
  KEYRACK_CARD_WAIT_SECONDS: decimal('a number of seconds', 0.2, 600).default(20),
  KEYRACK_ANSWER_WAIT_SECONDS: decimal('a number of seconds', 0.2 + LEAST_MARGIN_SECONDS, 900).default(30),
  KEYRACK_SIGN_IN_IDLE_MINUTES: decimal('a number of minutes', 1, 10_080).default(720),
  KEYRACK_AGENT_OFFLINE_MINUTES: decimal('a number of minutes', 1, 10_080).default(30),
  KEYRACK_DISK_FREE_MIB: whole('a number of MiB', 1, 100_000_000).optional(),
});

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1;
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.href === `${url.origin}/` && url.hostname !== '';
}

/** Whether the proxies can be told from others, and none of them is "everybody", whom nobody may trust. */
function areProxies(proxies: readonly string[]): boolean {
  try {
    createAddressOf(proxies);
  } catch {
    return false;
  }
  return proxies.every((each) => !each.endsWith('/0'));
}

/** Whether each is an address or a range, and none of them everything. */
function areNetworks(networks: readonly string[]): boolean {
  try {
    createWebhookNetworks(networks);
  } catch {
    return false;
  }
  return networks.every((each) => !each.endsWith('/0'));
}

function parseMetrics(text: string): ServerConfig['metrics'] | 'invalid' {
  if (text === 'none') return null;
  const [, bracketed, plain, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? 'invalid' : { host, port, wanted: true };
}

/** Reads the environment. Throws a ConfigError that names the variable. `folder` is where data goes when none is named. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, folder: string): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`The environment variable ${String(issue?.path[0])} can't be used: it ${issue?.message}.`);
  }
  const { HOST, PORT, KEYRACK_DATA, KEYRACK_MASTER_KEY, ...rest } = parsed.data;
  const cardMs = wholeMs(rest.KEYRACK_CARD_WAIT_SECONDS, 1000);
  const answerMs = wholeMs(rest.KEYRACK_ANSWER_WAIT_SECONDS, 1000);
  if (answerMs - cardMs < LEAST_MARGIN_SECONDS * 1000) {
    throw new ConfigError(
      `KEYRACK_CARD_WAIT_SECONDS (${cardMs / 1000}) must be at least ${LEAST_MARGIN_SECONDS} s shorter than KEYRACK_ANSWER_WAIT_SECONDS (${answerMs / 1000}), or callers are answered before it is known how their cards fared. Set both.`,
    );
  }
  const { KEYRACK_METRICS: metrics } = rest;
  if (metrics !== null && metrics !== 'invalid' && isSamePlace(metrics, { host: HOST, port: PORT })) {
    throw new ConfigError(
      `PORT and KEYRACK_METRICS name the same port ${PORT}. Set one of them to another; KEYRACK_METRICS=none serves no metrics.`,
    );
  }
  return {
    host: HOST,
    port: PORT,
    dataFolder: resolve(KEYRACK_DATA ?? folder),
    databaseUrl: rest.DATABASE_URL ?? null,
    downloadsFolder: rest.KEYRACK_DOWNLOADS === undefined ? null : resolve(rest.KEYRACK_DOWNLOADS),
    logLevel: rest.KEYRACK_LOG_LEVEL,
    masterKey: KEYRACK_MASTER_KEY === undefined ? null : new Uint8Array(Buffer.from(KEYRACK_MASTER_KEY, 'base64')),
    publicUrl: rest.KEYRACK_PUBLIC_URL ?? null,
    trustedProxies: rest.KEYRACK_TRUSTED_PROXIES,
    metrics: rest.KEYRACK_METRICS === 'invalid' ? null : rest.KEYRACK_METRICS,
    webhookNetworks: rest.KEYRACK_WEBHOOK_NETWORKS,
    poolThreads: rest.UV_THREADPOOL_SIZE,
    alarms: {
      agentOfflineMs: wholeMs(rest.KEYRACK_AGENT_OFFLINE_MINUTES, 60_000),
      diskFreeBytes: rest.KEYRACK_DISK_FREE_MIB === undefined ? null : rest.KEYRACK_DISK_FREE_MIB * 1024 ** 2,
    },
    waits: { cardMs, answerMs, signInIdleMs: wholeMs(rest.KEYRACK_SIGN_IN_IDLE_MINUTES, 60_000) },
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Whether two listeners would be in each other's way, as far as their settings tell. Port 0 is any free one. */
function isSamePlace(one: Place, other: Place): boolean {
  const everywhere = ['0.0.0.0', '::'];
  const hosts = [one.host, other.host].map((host) => (host === 'localhost' ? '127.0.0.1' : host));
  const isSameHost = hosts[0] === hosts[1] || hosts.some((host) => everywhere.includes(host));
  return one.port !== 0 && one.port === other.port && isSameHost;
}

/** Times are whole milliseconds everywhere: the database takes no others. */
function wholeMs(value: number, unitMs: number): number {
  return Math.round(value * unitMs);
}
