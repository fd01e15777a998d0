/** How the program that runs came onto this computer. */
export interface Installation {
  /** What a person types to run it on this computer. */
  readonly command: string;
  /** What they type on another one, a front desk's or the server's, which has it in the same way. */
  readonly elsewhere: string;
  /** Who brings newer versions, where Keyrack itself never does. */
  readonly updatedBy: 'apt' | 'install.cmd' | null;
  /**
   * The folder of an archive that was unpacked, where `current` names the version to start, and the public key that updates are
   * signed by; null where the build had none. Null for what wasn't unpacked from an archive.
   */
  readonly archive: { readonly top: string; readonly key: string | null } | null;
  /** Where a server's and an agent's data are, unless somebody names a folder. */
  readonly folders: { readonly server: string; readonly agent: string };
}

/** Of a checkout. Its commands are typed in its own folder. */
export const INSTALLATION: Installation = {
  command: 'npx keyrack',
  elsewhere: 'npx keyrack',
  updatedBy: null,
  archive: null,
  folders: { server: './data/server', agent: './data/agent' },
};
