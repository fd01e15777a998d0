import { COMMANDS } from '@keyrack/cli/commands.ts';
import { carryOut } from '@keyrack/cli/program.ts';
import type { Terminal } from '@keyrack/cli/terminal.ts';

/** What a command printed, and how it ended: as in a process of its own, and much quicker. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Carries out `keyrack ARGS` in this process.
 * @param sits who sits there, at what screen, or what comes in on standard input; nobody and nothing unless told
 */
export async function typeCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  sits: Pick<Terminal, 'person' | 'screen' | 'input' | 'progress'> = {},
): Promise<Typed> {
  const said = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => (text: string) => {
    said[stream] += `${text}\n`;
  };
  const code = await carryOut(args, { env, out: into('out'), say: into('out'), err: into('err'), ...sits }, COMMANDS);
  return { code, ...said };
}
