import { Command, type Option } from 'commander';
import { completionScript, SHELLS, type Word } from './completion/scripts.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack completion`: what a shell needs to finish words of `keyrack`. */
export function completionCommand(terminal: Terminal, program: () => Promise<Command>): Command {
  return new Command('completion')
    .description('Print what bash, zsh or fish needs to complete the words of keyrack.')
    .addArgument(new Command().createArgument('<shell>', `one of ${SHELLS.join(', ')}`).choices(SHELLS))
    .addHelpText(
      'after',
      `
It completes the word keyrack, so have it on your PATH, as npx has: export PATH="$PWD/node_modules/.bin:$PATH".
  bash  source <(keyrack completion bash)          in ~/.bashrc
  zsh   source <(keyrack completion zsh)           in ~/.zshrc, behind compinit
  fish  keyrack completion fish | source           in ~/.config/fish/config.fish`,
    )
    .action(async (shell: (typeof SHELLS)[number]) => {
      terminal.out(completionScript(shell, wordsOf(await program(), [])));
    });
}

/** Each command by the words that lead to it, with what may come next. */
function wordsOf(command: Command, way: readonly string[]): Word[] {
  const own = command.options.filter(({ hidden }) => !hidden);
  const word: Word = {
    way,
    commands: command.commands.map((each) => ({ name: each.name(), description: summaryOf(each) })),
    options: own.map((option) => ({
      flags: flagsOf(option),
      description: option.description,
      values: valuesOf(option),
    })),
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [word, ...command.commands.flatMap((each) => wordsOf(each, [...way, each.name()]))];
}

function summaryOf(command: Command): string {
  const [first = ''] = command.description().split(/[.;:]/);
  return first;
}

function flagsOf({ short, long }: Option): string[] {
  return [short, long].filter((flag) => flag !== undefined);
}

/** What may stand behind the option; null where any word may, and empty where none does. */
function valuesOf({ argChoices, required, optional }: Option): readonly string[] | null {
  if (argChoices !== undefined) return argChoices;
  return required || optional ? null : [];
}
