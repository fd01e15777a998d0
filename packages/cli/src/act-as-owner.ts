import { statSync } from 'node:fs';
import { CommandFailure } from './exit.ts';

/**
 * Lets root go on as the user whose data folder it is, for good. What root makes there belongs to root, and the agent that
 * runs as that user couldn't read it.
 */
export function actAsOwner(folder: string): void {
  const { getuid, setgroups, setgid, setuid } = process;
  if (getuid?.() !== 0 || setgroups === undefined || setgid === undefined || setuid === undefined) return;
  const owner = ownerOf(folder);
  if (owner === null || owner.uid === 0) return;
  try {
    setgroups([owner.gid]);
    setgid(owner.gid);
    setuid(owner.uid);
  } catch (error) {
    throw new CommandFailure(
      `${folder} belongs to user ${owner.uid}, and this process may not become that user (${(error as NodeJS.ErrnoException).code}); run the command as that user.`,
    );
  }
}

/** Null where the folder isn't there yet: whoever makes it owns it. */
function ownerOf(folder: string): { readonly uid: number; readonly gid: number } | null {
  try {
    return statSync(folder);
  } catch {
    return null;
  }
}
