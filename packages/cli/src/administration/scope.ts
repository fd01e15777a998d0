import { type Command, Option } from 'commander';
import type { Connection } from '../connection/administer.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { atServer, type PropertyOptions } from './options.ts';

/** What a property has, and the installation for itself: webhooks, the audit log. */
export interface ScopeOptions extends PropertyOptions {
  readonly installation?: true;
}

/** By which clocks what concerns no single property is told. */
export const UTC = 'UTC';

/** A command about a property, or about what concerns no single one. */
export function atScope(command: Command): Command {
  return atServer(
    command
      .option('--property <number>', 'number of the property; needed where there are several')
      .addOption(
        new Option('--installation', 'of what concerns no single property; for the owner alone').conflicts('property'),
      ),
  );
}

/** Null for the installation. */
export async function chooseScope(
  connection: Connection,
  terminal: Terminal,
  options: ScopeOptions,
): Promise<Property | null> {
  return options.installation ? null : chooseProperty(connection, terminal, options);
}
