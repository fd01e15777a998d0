import { join } from 'node:path';
import { isOfNewer, isOpenToOthers } from '@keyrack/agent';
import { agentId, encoders, mac, passwordMd5, signInName } from '@keyrack/protocol';
import { z } from 'zod';
import { pagePort } from './agent-page.ts';
import { CommandFailure } from './exit.ts';
import { readText } from './read-text.ts';

/** The file in an agent's data folder that says what its command line leaves out. */
export const AGENT_FILE = 'agent.json';

/** Card readers through PC/SC: those that are named, or all. See `ReaderSettings`. */
const readers = z.strictObject({
  named: z
    .array(z.strictObject({ mac, reader: z.string().min(1) }))
    .max(16)
    .default([]),
  forSignedIn: mac.nullable().default(null),
});

/** Of the file. */
const FORMAT = 1;

const agentFile = z.strictObject({
  version: z.literal(FORMAT),
  server: z.url({ protocol: /^wss?$/, error: 'must be an address that begins with ws:// or wss://' }).optional(),
  /** A file of certificates that the server's must come from, and the proxy on the way: as on the command line. */
  caFile: z.string().min(1).optional(),
  proxy: z.string().min(1).optional(),
  id: agentId.optional(),
  /** 43 characters of base64url: what the agent enrolled with. */
  token: z
    .string()
    .regex(/^[0-9A-Za-z_-]{43}$/)
    .optional(),
  encoders: encoders.optional(),
  readers: readers.optional(),
  /** Where the page for the person at the desk is, on 127.0.0.1; or off. */
  pagePort: pagePort.optional(),
  /** Who signs in whenever nobody is: for kiosks and demonstrations. */
  signIn: z
    .strictObject({ ...signInName, passwordMd5 })
    .refine(
      ({ areaCode, mobile, email }) => (mobile === '' ? email !== '' : areaCode !== ''),
      'names a mobile with its area code, or an e-mail',
    )
    .optional(),
});
export type AgentSettings = Omit<z.infer<typeof agentFile>, 'version'>;

export const NO_SETTINGS: AgentSettings = {};

/** The folder's settings; none when it has no such file. Throws a CommandFailure for one that can't be understood. */
export function readAgentSettings(folder: string): AgentSettings {
  const file = join(folder, AGENT_FILE);
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_SETTINGS;
    throw error;
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isOfNewer(json, FORMAT))
      throw new CommandFailure('it was written by a newer version of the agent; update this one.');
    const { version: _version, ...settings } = agentFile.parse(json);
    const secret = settings.token ?? settings.signIn ?? (settings.proxy?.includes('@') || undefined);
    if (secret !== undefined && isOpenToOthers(file)) {
      throw new CommandFailure(`it holds a secret and can be read by others than its user; run \`chmod 600 ${file}\`.`);
    }
    return settings;
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s+/g, ' ') : messageOf(error);
    throw new CommandFailure(`${file} can't be used: ${reason}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
