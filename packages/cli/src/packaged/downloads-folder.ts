import { fileURLToPath } from 'node:url';

/** In a package this stands for ../downloads-folder.ts: they lie beside the folder of the program's own modules. */
export const DOWNLOADS_FOLDER: string | null = fileURLToPath(new URL('../downloads/', import.meta.url));
