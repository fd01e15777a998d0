import { fileURLToPath } from 'node:url';
import type { ConsoleFiles } from '@keyrack/server/console/serve-console.ts';
import type { ConsoleBuild } from '../console-build.ts';

// In a package these stand for those of ../console-build.ts: the console lies there built, and nothing builds another.

/** Beside the folder of the program's own modules. */
const FOLDER = fileURLToPath(new URL('../console/', import.meta.url));

export const builtConsole: ConsoleFiles = { folder: FOLDER, state: () => 'failed' };

export const isConsoleStale = (): boolean => false;

export const createConsoleBuild = (): ConsoleBuild => ({ files: builtConsole, begin() {}, stop() {} });
