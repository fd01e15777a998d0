import { CommandLineError } from './read-arguments.ts';

/**
 * Reads the command line and does what it asks. Exits with 2, the reason and the usage where it can't be understood;
 * otherwise with what `carryOut` says.
 */
export async function runProgram<Command>(
  { usage, read }: { readonly usage: string; readonly read: (args: readonly string[]) => Command | 'help' },
  carryOut: (command: Command) => Promise<number>,
): Promise<void> {
  const args = process.argv.slice(2);
  let command: Command | 'help';
  try {
    command = read(args);
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  if (command === 'help') process.stdout.write(`${usage}\n`);
  else process.exitCode = await carryOut(command);
}
