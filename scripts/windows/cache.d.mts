/** A Debian with Wine and pcscd, in which nothing was run yet. Returns its folder. */
export function windowsRoot(): Promise<string>;
/** Returns a folder whose `node_modules` is as npm installs it on Windows, Node itself included. */
export function windowsModules(root: string): Promise<string>;
