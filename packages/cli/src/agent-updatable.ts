import {
  mayChange,
  THIS_SYSTEM,
  type UpdateCause,
  UpdateFailure,
  type UpdatesParts,
  type UpdateTrouble,
} from '@keyrack/agent';
import { NotMinisign, readPublicKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { INSTALLATION, type Installation } from './installation.ts';
import { type FromSupervisor, fromSupervisor, type ToSupervisor } from './supervisor-messages.ts';

/** Set in the environment of an agent whose parent can start another version in its place. */
export const SUPERVISED_BY = 'KEYRACK_AGENT_SUPERVISOR';

/** How this program can be updated while it runs, or why it never is. */
export async function updatesOf(
  env: Readonly<Record<string, string | undefined>>,
  installation: Installation = INSTALLATION,
): Promise<Pick<UpdatesParts, 'own' | 'system' | 'program'>> {
  const about = { own: VERSION, system: THIS_SYSTEM };
  const unable = await whyNever(installation);
  if (unable !== null) return { ...about, program: { unable } };
  const { top, key } = installation.archive as { top: string; key: string };
  if (env[SUPERVISED_BY] === undefined || process.send === undefined) {
    const message = 'Another program started this agent, and nobody could start another version in its place.';
    return { ...about, program: { unable: { cause: 'not-supervised', message } } };
  }
  return { ...about, program: { folder: { top }, key: readPublicKey(key), changeOver } };
}

/** Why a program like this one never updates itself; null where it can. */
export async function whyNever({ archive, updatedBy }: Installation): Promise<UpdateTrouble | null> {
  const because = (cause: UpdateCause, message: string) => ({ cause, message });
  if (updatedBy === 'apt')
    return because(
      'system-package',
      "Debian's packages brought this program, and apt updates it: apt-get install keyrack-agent.",
    );
  if (updatedBy === 'install.cmd')
    return because(
      'for-computer',
      'This agent is installed for the computer, and its account may not change its own program. Unpack the newer archive, right-click its install.cmd, and choose "Run as administrator". The pairing stays.',
    );
  if (archive === null)
    return because('checkout', 'This program runs from its sources: update it with git pull and npm ci.');
  if (archive.key === null)
    return because(
      'no-key',
      'This build holds no key to check updates with, so it never updates itself. Install a newer one by hand.',
    );
  try {
    readPublicKey(archive.key);
  } catch (error) {
    if (!(error instanceof NotMinisign)) throw error;
    return because(
      'no-key',
      'The key to check updates with is damaged, so this program never updates itself. Install it anew.',
    );
  }
  if (!(await mayChange(archive)))
    return because(
      'folder-not-writable',
      `This user may not write to ${archive.top}, so the agent can't update itself there. Update it as the user whose folder it is, by hand.`,
    );
  return null;
}

export function tellSupervisor(message: ToSupervisor): void {
  // A parent that has just gone is noticed by itself.
  if (process.connected) process.send?.({ update: message }, undefined, {}, () => {});
}

/** Settles only where nothing comes of it: else this process is told to end. */
function changeOver(version: string): Promise<never> {
  return new Promise((_, reject) => {
    const listen = (message: unknown) => {
      const told: FromSupervisor | undefined = fromSupervisor.safeParse(message).data;
      if (told === undefined) return;
      process.off('message', listen);
      reject(new UpdateFailure(told.refused.cause, told.refused.why));
    };
    process.on('message', listen);
    tellSupervisor({ changeOver: version });
  });
}
