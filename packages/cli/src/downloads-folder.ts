/** The folder of the packages that came with this program; null for a checkout, which comes with none. */
export const DOWNLOADS_FOLDER: string | null = null;
