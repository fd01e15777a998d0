import { readdirSync } from 'node:fs';
import { blocksOf } from './document.ts';

/** Every document of the repository, by its path from the root. */
export function documents(): string[] {
  const root = new URL('../../../', import.meta.url);
  const markdownIn = (folder: string) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder === './' ? '' : folder}${name}`);
  return [...markdownIn('./'), ...markdownIn('docs/'), ...markdownIn('docs/decisions/')].sort();
}

/** The commands of a page's blocks, in order: a line each of `sh` and `bat`, and what `crontab` lines run. */
export function commandsOf(page: string): string[] {
  return blocksOf(page).flatMap(({ language, text }) => {
    const lines = text
      .split('\n')
      .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
      .filter((line) => line !== '');
    switch (language) {
      case 'sh':
      case 'bat':
        return lines;
      case 'crontab':
        // Five fields of time, the user, the command, in which cron takes a bare % for a line end.
        return lines.map((line) => line.split(/\s+/).slice(6).join(' ').replaceAll('\\%', '%'));
      default:
        return [];
    }
  });
}

/** What a code span in a sentence begins with that somebody is to type. */
const TYPED =
  /^(?:[A-Z_]+=\S+ )*(?:npx|keyrack|npm|node|git|curl|openssl|apt-get|systemctl|journalctl|timedatectl|nginx|caddy|chmod|icacls|sudo|useradd|install|keyrack-agent\.exe) /;

/** The commands in a page's sentences and tables. */
export function spansOf(page: string): string[] {
  const sentences = page.replace(/^```[\s\S]*?^```$/gm, '');
  const spans = Array.from(sentences.matchAll(/`([^`]+)`/g), ([, text = '']) => text.replace(/\s+/g, ' '));
  return spans.filter((text) => TYPED.test(`${text} `) && text.includes(' '));
}

/** The words of a command, as a shell cuts them that knows no more than quotes and a redirection at the end. */
export function wordsOf(command: string): string[] {
  const [told = ''] = command.split(/ [>|] | && | ; /);
  return Array.from(
    told.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

/** The parts of a line that `&&` joins. */
export function partsOf(line: string): string[] {
  return line.split(' && ');
}

/** The words behind `keyrack` of a command that runs it; null for another. */
export function keyrackWordsOf(command: string): string[] | null {
  const words = wordsOf(command);
  const at = words.findIndex((word, index) => word === 'keyrack' && words[index - 1] !== '-u');
  const before = words.slice(0, Math.max(at, 0));
  const runsIt = at >= 0 && before.every((word) => /^(?:npx|sudo|-u|keyrack(?:-agent)?|[A-Z_]+=.*)$/.test(word));
  return runsIt ? words.slice(at + 1) : null;
}
