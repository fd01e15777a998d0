import { fileURLToPath } from 'node:url';
import type { Commands } from '../program.ts';
import { installCommand } from './install-command.ts';
import { uninstallCommand } from './uninstall-command.ts';

/** The folder of the package that this program was unpacked into: above `versions`, its version, and `lib`. */
const SOURCE = fileURLToPath(new URL('../../../', import.meta.url));

/** What `install.cmd` and `uninstall.cmd` run. */
export const WINDOWS_COMMANDS: Commands = {
  install: async (terminal) => installCommand(terminal, SOURCE),
  uninstall: async (terminal) => uninstallCommand(terminal, SOURCE),
};
