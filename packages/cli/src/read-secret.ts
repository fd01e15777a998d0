import { usageError } from './exit.ts';
import { readText } from './read-text.ts';
import type { Terminal } from './terminal.ts';

/** What is asked for, so that it stands in no list of processes and in no history of a shell. */
export interface WantedSecret {
  /** The file of the option that names one. */
  readonly file?: string | undefined;
  /** The option, e.g. `--key-file`. */
  readonly option: string;
  readonly question: string;
  /** Asked again, where nobody could tell a slip otherwise. */
  readonly repeat?: string;
}

/** A secret from its file, else from whoever sits at the terminal, else from standard input. Line ends around it go. */
export async function readSecret({ person, input }: Terminal, wanted: WantedSecret): Promise<string> {
  const { file, option, question, repeat } = wanted;
  if (file !== undefined) return notEmpty(readText(file).trim(), `${file} is empty; it should hold it alone.`);
  if (person !== undefined) {
    const given = notEmpty(await person.askHidden(`${question}: `), 'Nothing was typed.');
    if (repeat !== undefined && (await person.askHidden(`${repeat}: `)) !== given)
      throw usageError('The two differ. Nothing was done.');
    return given;
  }
  const piped = (await input?.()) ?? '';
  return notEmpty(piped.trim(), `Nobody can be asked here; give it with ${option} FILE, or on standard input.`);
}

function notEmpty(text: string, otherwise: string): string {
  if (text === '') throw usageError(otherwise);
  return text;
}
