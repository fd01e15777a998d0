/** Where the built console lies. */
export const CONSOLE_FOLDER: string;
/** Whether there is no built console, or one of other sources. */
export function isStale(folder?: string): boolean;
/** Builds it, and returns its folder. */
export function build(folder?: string): Promise<string>;
