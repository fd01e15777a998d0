import type { DiskSpace } from '../domain/disk-space.ts';

/** A disk with room: however full that of this computer is, a test doesn't hear of it. */
export const roomyDisk = async (): Promise<DiskSpace> => ({ freeBytes: 1e12, sizeBytes: 1e12 });
