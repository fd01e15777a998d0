import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CommandFailure } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

/** Newer versions may add to it. */
const contents = z.object({ url: z.url({ protocol: /^https?$/ }), key: z.string().min(1) });

/** The server that `keyrack login` named, and an API key for it. */
export type StoredLogin = z.infer<typeof contents>;

/** Where it is kept: among the person's settings (XDG base directories; on Windows, where programs keep theirs). */
export function loginFile({ env }: Pick<Terminal, 'env'>): string {
  const own = process.platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME;
  return join(own || join(env.HOME || homedir(), '.config'), 'keyrack', 'login.json');
}

/** Null where nobody logged in. */
export function readLogin(terminal: Pick<Terminal, 'env'>): StoredLogin | null {
  const file = loginFile(terminal);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    throw new CommandFailure(`${file} holds no login; delete it, and log in again with \`keyrack login\`.`);
  }
}

/** Keeps a login in the place of the one before, for this user alone. */
export function storeLogin(terminal: Pick<Terminal, 'env'>, login: StoredLogin): string {
  const file = loginFile(terminal);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const written = `${file}.${process.pid}.new`;
  writeFileSync(written, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  // One that an earlier crash left behind keeps its mode.
  chmodSync(written, 0o600);
  renameSync(written, file);
  return file;
}

/** Whether there was one. */
export function forgetLogin(terminal: Pick<Terminal, 'env'>): boolean {
  const file = loginFile(terminal);
  const known = existsSync(file);
  rmSync(file, { force: true });
  return known;
}
