import { carryOut } from '@keyrack/cli/program.ts';

/** What a command printed, and how it ended: as in a process of its own, and much quicker. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Carries out `keyrack ARGS` in this process. */
export async function typeCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Typed> {
  const said = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => (text: string) => {
    said[stream] += `${text}\n`;
  };
  const code = await carryOut(args, { env, out: into('out'), say: into('out'), err: into('err') });
  return { code, ...said };
}
