import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER_KEY_FILE, provesItself, readServerFile } from '@keyrack/server/main-server-file.ts';
import { CommandFailure } from '../exit.ts';
import { INSTALLATION } from '../installation.ts';
import { readText } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';
import { readLogin } from './stored-login.ts';

/** Where a command goes, and with which key. */
export interface FoundServer {
  readonly url: string;
  readonly key: string;
  /** As a person knows it: its data folder, or its address. */
  readonly name: string;
  /** What to do where the server doesn't take the key. */
  readonly wrongKey: string;
}

/** The folders that are looked into where nobody names one. The demonstration is found where no other server runs. */
const USUAL = { server: INSTALLATION.folders.server, demo: './data/demo' } as const;

/**
 * The server that is meant: that of `--data`, else that of KEYRACK_DATA, else the one of `keyrack login`, else the one that
 * runs on this installation's usual folder, else the demonstration on ./data/demo. Throws a CommandFailure that says what to do.
 */
export async function findServer(terminal: Terminal, { data }: { readonly data?: string }): Promise<FoundServer> {
  const folder = data ?? (terminal.env.KEYRACK_DATA || undefined);
  if (folder !== undefined) {
    const found = await runningOn(folder);
    if (found !== null) return found;
    throw new CommandFailure(`No server runs on ${folder}; start it, or name its data folder with --data.`);
  }
  const login = readLogin(terminal);
  if (login !== null) {
    const { url, key } = login;
    const wrongKey = `${url} doesn't take the key of your login (any more). Log in again with \`keyrack login ${url}\`.`;
    return { url, key, name: url, wrongKey };
  }
  const found = (await runningOn(USUAL.server)) ?? (await runningOn(USUAL.demo));
  if (found === null) {
    throw new CommandFailure(
      `No server runs on ${USUAL.server}. Start it, name its data folder with --data, or log in to another computer's with \`keyrack login URL\`.`,
    );
  }
  if (found.name === USUAL.demo && existsSync(USUAL.server))
    terminal.err(`No server runs on ${USUAL.server}: this is the demonstration, on ${USUAL.demo}.`);
  return found;
}

/** The server that runs on a data folder with its owner's key; null where none does. */
async function runningOn(folder: string): Promise<FoundServer | null> {
  const address = await readServerFile(folder);
  if (address === null) return null;
  const proved = await provesItself(address).catch(() => {
    throw new CommandFailure(`The server on ${folder} hasn't answered for 10 s. See that it runs, and its log.`);
  });
  if (!proved) return null;
  const file = join(folder, OWNER_KEY_FILE);
  return {
    url: address.url,
    key: readText(file).trim(),
    name: folder,
    wrongKey: `The server on ${folder} doesn't take the key in ${file}. Start it anew: it takes the key that it finds there.`,
  };
}
