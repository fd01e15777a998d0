import { z } from 'zod';
import { verifyAudit } from '../requests/verify-audit.ts';
import { AGENT_COMMANDS } from './agent-commands.ts';
import { CARD_COMMANDS } from './card-commands.ts';
import { command } from './command.ts';
import { IMPORT_COMMANDS } from './import-commands.ts';
import { LOCK_COMMANDS } from './lock-commands.ts';

/**
 * The commands that an operator may give to a running server from the same machine, each with what it wants. What
 * they answer is plain data for the command line to print.
 */
export const COMMANDS = {
  ...AGENT_COMMANDS,
  ...CARD_COMMANDS,
  ...LOCK_COMMANDS,
  ...IMPORT_COMMANDS,
  'audit-verify': command(z.strictObject({}), (_input, parts) => verifyAudit(parts.read, parts.clock)),
} as const;

export type CommandName = keyof typeof COMMANDS;
