import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { OfferedArchive } from '@keyrack/protocol';
import type { MinisignPublicKey } from '@keyrack/protocol/minisign.ts';
import type { NetworkRoute } from '../link/index.ts';
import { download } from './download.ts';
import { isVersion, judgeOffer } from './judge-offer.ts';
import { type ProgramFolder, versionsIn } from './program-folder.ts';
import { unpackArchive } from './unpack-archive.ts';
import { UpdateFailure } from './update-failure.ts';
import { UPDATE_LIMITS } from './update-limits.ts';

export interface Preparing {
  readonly folder: ProgramFolder;
  readonly key: MinisignPublicKey;
  readonly own: string;
  readonly system: string;
  /** The server's agent endpoint, and the way there. */
  readonly server: string;
  readonly route: NetworkRoute;
  readonly onStep: (step: 'downloading' | 'unpacking') => void;
}

/** What an archive is called until it was unpacked. */
const DOWNLOAD = 'download.part';

/**
 * Takes what a server offers: checks its signature, downloads it, checks it by that, and unpacks it beside the versions that are
 * there. Returns its version. Nothing that runs is touched, and nothing is left of what came to nothing.
 * @throws UpdateFailure
 */
export async function prepareUpdate(offered: OfferedArchive, preparing: Preparing): Promise<string> {
  const { folder, key, own, system, server, route, onStep } = preparing;
  const archive = judgeOffer(key, { own, system }, offered);
  const versions = versionsIn(folder);
  const file = join(versions, DOWNLOAD);
  try {
    await makeSureOfRoom(versions, offered.bytes);
    onStep('downloading');
    await download({ server, path: offered.path, bytes: offered.bytes, archive }, route, file);
    onStep('unpacking');
    await unpackArchive(file, { versions, version: archive.version, system });
    return archive.version;
  } catch (error) {
    throw asFailure(error);
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

/** Packed, a version takes a fifth of what it takes unpacked. */
const UNPACKED_TO_PACKED = 5;

/** A full disk would keep the journal from being written, and so end the agent that runs. */
async function makeSureOfRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = bytes * (1 + UNPACKED_TO_PACKED) + UPDATE_LIMITS.spareBytes;
  if (bavail * bsize < needed) throw full(needed);
}

const full = (needed: number) =>
  new UpdateFailure(
    'disk-full',
    `The disk has too little room: an update needs ${Math.ceil(needed / 1_000_000)} MB. Make room, and try again.`,
  );

function asFailure(error: unknown): UpdateFailure {
  if (error instanceof UpdateFailure) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UpdateFailure('disk-full', 'The disk is full. Make room, and try again.');
  return new UpdateFailure('failed', `The update can't be written: ${message}.`);
}

/** The system of this computer, as archives name it. */
export const THIS_SYSTEM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** Whether a text is a version, and so the name of a folder. */
export const isVersionName = (text: unknown): text is string => typeof text === 'string' && isVersion(text);
