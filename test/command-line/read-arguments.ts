import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What somebody typed can't be carried out. Its message is for the person at the command line. */
export class CommandLineError extends Error {}

/** `parseArgs`, whose complaints are for the person at the command line too. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A whole number from 1 on. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value === 0)
    throw new CommandLineError(`${option} takes a whole number from 1 on, not "${text}".`);
  return value;
}

/** Minutes, with a fraction where wanted. */
export function minutesOf(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}(\.\d{1,3})?$/.test(text) || value === 0)
    throw new CommandLineError(`${option} takes minutes above 0, such as 30 or 0.5, not "${text}".`);
  return value;
}
