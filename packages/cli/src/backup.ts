import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { restoreServer } from '@keyrack/server/main-restore.ts';
import { backupSqlite } from '@keyrack/server/store/index.ts';
import { Command } from 'commander';
import { INSTALLATION } from './installation.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack backup`: a verified copy of a server's database, whether the server runs or not. */
export function backupCommand({ env, out, err }: Terminal): Command {
  return new Command('backup')
    .description('Copy the database of a server, running or not, to a new file, and check the copy.')
    .argument('<file>', 'the new file; it must not exist')
    .option('--data <folder>', "the server's data folder", env.KEYRACK_DATA || INSTALLATION.folders.server)
    .addHelpText(
      'after',
      '\nKeep master.key of the data folder too, in another place: without it the backup is of no use.',
    )
    .action(async (file: string, { data }: { data: string }, command: Command) => {
      refuseForPostgres(command, env);
      const { newer, ...figures } = await backupSqlite(join(data, 'keyrack.db'), file);
      out(JSON.stringify(figures, null, 2));
      if (newer !== null)
        err(
          `The database is of a newer version than this Keyrack (${newer}). The copy is whole, and only a Keyrack of that version can serve or restore it.`,
        );
    });
}

/** `keyrack restore`: puts a backup in the place of a database, while no server runs on it. */
export function restoreCommand({ env, out, err }: Terminal): Command {
  return new Command('restore')
    .description('Put a backup in the place of the database of a server that is stopped. The database is kept aside.')
    .argument('<file>', 'the backup')
    .option('--data <folder>', "the server's data folder", env.KEYRACK_DATA || INSTALLATION.folders.server)
    .addHelpText(
      'after',
      `
What was under way waits until each agent has told what it did since; no card's content is trusted until read.
The answer says whether the server's master key fits: KEYRACK_MASTER_KEY as it is set here, else master.key in the
data folder.`,
    )
    .action(async (file: string, { data }: { data: string }, command: Command) => {
      refuseForPostgres(command, env);
      const { masterKey } = readConfig({ KEYRACK_MASTER_KEY: env.KEYRACK_MASTER_KEY }, data);
      const restored = await restoreServer(file, data, Date.now(), masterKey);
      out(JSON.stringify(restored, null, 2));
      if (!restored.masterKey.fits) err(`It is restored, and the server won't start yet. ${restored.masterKey.why}`);
    });
}

/** What is in PostgreSQL isn't in the data folder. A copy of an old file there would be taken for a backup. */
function refuseForPostgres(command: Command, env: Terminal['env']): void {
  if (!env.DATABASE_URL || command.getOptionValueSource('data') === 'cli') return;
  command.error(
    `DATABASE_URL is set, and keyrack ${command.name()} is for the embedded database alone. Back PostgreSQL up with its own means (docs/postgres.md), or name the folder of an embedded database with --data.`,
  );
}
