import { resolve } from 'node:path';
import { z } from 'zod';

/** What the server is told by its environment, checked. Times in milliseconds. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Folder of everything that the server keeps. */
  readonly dataFolder: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** 32 bytes, or null to keep a key in a file of the data folder. */
  readonly masterKey: Uint8Array | null;
  readonly waits: { readonly cardMs: number; readonly answerMs: number; readonly signInIdleMs: number };
}

/** A variable of the environment can't be used. The message names it and says what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const seconds = (least: number, most: number) =>
  z.coerce
    .number({ error: `is a number of seconds from ${least} to ${most}` })
    .min(least, `is at least ${least} seconds`)
    .max(most, `is at most ${most} seconds`);

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'is a port number from 0 to 65535' })
    .int('is a whole number')
    .min(0, 'is a port number from 0 to 65535')
    .max(65_535, 'is a port number from 0 to 65535')
    .default(8080),
  KEYRACK_DATA: z.string().min(1).optional(),
  KEYRACK_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is one of trace, debug, info, warn, error, silent',
    })
    .default('info'),
  KEYRACK_MASTER_KEY: z
    .string()
    .regex(/^[0-9A-Za-z+/_-]{43}=?$/, 'is 32 bytes in base64 (openssl rand -base64 32)')
    .optional(),
  KEYRACK_CARD_WAIT_SECONDS: seconds(0.2, 600).default(20),
  KEYRACK_ANSWER_WAIT_SECONDS: seconds(0.2, 900).default(30),
  KEYRACK_SIGN_IN_IDLE_MINUTES: z.coerce
    .number()
    .min(1, 'is at least 1 minute')
    .max(10_080, 'is at most 10080 minutes')
    .default(720),
});

/** Reads the environment. Throws a ConfigError that names the variable. `folder` is where data goes when none is named. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, folder: string): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`The environment variable ${String(issue?.path[0])} can't be used: it ${issue?.message}.`);
  }
  const { HOST, PORT, KEYRACK_DATA, KEYRACK_MASTER_KEY, ...rest } = parsed.data;
  const cardMs = rest.KEYRACK_CARD_WAIT_SECONDS * 1000;
  const answerMs = rest.KEYRACK_ANSWER_WAIT_SECONDS * 1000;
  return {
    host: HOST,
    port: PORT,
    dataFolder: resolve(KEYRACK_DATA ?? folder),
    logLevel: rest.KEYRACK_LOG_LEVEL,
    masterKey: KEYRACK_MASTER_KEY === undefined ? null : new Uint8Array(Buffer.from(KEYRACK_MASTER_KEY, 'base64')),
    waits: { cardMs, answerMs, signInIdleMs: rest.KEYRACK_SIGN_IN_IDLE_MINUTES * 60_000 },
  };
}
