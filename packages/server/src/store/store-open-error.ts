/** The database can't be served. The message names it, what is the matter, and what to do about it. */
export class StoreOpenError extends Error {
  /** The file, or the address without its password. */
  readonly file: string;
  /** The message without the file. */
  readonly matter: string;

  constructor(file: string, matter: string, options?: ErrorOptions) {
    super(`${file}: ${matter}`, options);
    this.name = 'StoreOpenError';
    this.file = file;
    this.matter = matter;
  }
}

/** @param newest the name of a migration that this version doesn't know */
export function ofNewerVersion(file: string, newest: string): StoreOpenError {
  return new StoreOpenError(
    file,
    `the database is of a newer version (${newest}). Install a Keyrack that knows it, or restore a backup from before the update.`,
  );
}
