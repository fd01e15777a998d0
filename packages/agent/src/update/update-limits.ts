/** Limits of self-update, in one place. What exceeds them is refused, although it is signed. */
export const UPDATE_LIMITS = {
  /** An archive's; packages keep below 36 MB. */
  archiveBytes: 128 * 1024 * 1024,
  /** Of all files in an archive together. Node alone takes 121 MB. */
  unpackedBytes: 512 * 1024 * 1024,
  entries: 5_000,
  /** Of a name in an archive. Windows takes 260 characters, the folder's own included. */
  pathLength: 180,
  /** A download on which nothing moves for this long is given up. Milliseconds. */
  quietMs: 30_000,
  /** So often a download that was cut is gone on with, and so long after the cut. Milliseconds. */
  cuts: 20,
  againMs: 1_000,
  /** How long the server may take to answer what it offers. Milliseconds. */
  answerMs: 10_000,
  /** What of the disk must stay free beside what is unpacked. Bytes. */
  spareBytes: 64 * 1024 * 1024,
} as const;
