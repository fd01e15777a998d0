/** Shells that keyrack makes completions for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What may follow the words that lead to a command. */
export interface Word {
  /** The words behind `keyrack`. */
  readonly way: readonly string[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly {
    readonly flags: readonly string[];
    readonly description: string;
    /** What may stand behind it; null for any word, empty for none. */
    readonly values: readonly string[] | null;
  }[];
  /** Words that its arguments may be, where only some may. */
  readonly values: readonly string[];
}

export function completionScript(shell: (typeof SHELLS)[number], words: readonly Word[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(words);
    case 'zsh':
      return zshScript(words);
    case 'fish':
      return fishScript(words);
  }
}

/** As the shells' functions below gather it: ` members list`. */
const wayText = (way: readonly string[]) => way.map((name) => ` ${name}`).join('');

/** The cases of a shell's `case`, by where the words lead. */
function nextWords(words: readonly Word[]): string[] {
  return words.map(({ way, commands, options, values }) => {
    const next = [...commands.map(({ name }) => name), ...values, ...options.flatMap(({ flags }) => flags), '--help'];
    return `    '${wayText(way)}') words='${next.join(' ')}' ;;`;
  });
}

/** The cases of options that take one of some words, or any: then the shell offers files. */
function optionValues(words: readonly Word[], any: string): string[] {
  return words.flatMap(({ way, options }) =>
    options
      .filter(({ values }) => values === null || values.length > 0)
      .map(({ flags, values }) => {
        const cases = flags.map((flag) => `'${wayText(way)} ${flag}'`).join(' | ');
        return values === null ? `    ${cases}) ${any} ;;` : `    ${cases}) words='${values.join(' ')}' ;;`;
      }),
  );
}

function knownWays(words: readonly Word[]): string {
  return words
    .filter(({ way }) => way.length > 0)
    .map(({ way }) => `'${wayText(way)}'`)
    .join(' | ');
}

function bashScript(words: readonly Word[]): string {
  return [
    '_keyrack() {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash.
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} way= words= i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash.
    '    case "$way ${COMP_WORDS[i]}" in',
    `    ${knownWays(words)}) way="$way \${COMP_WORDS[i]}" ;;`,
    '    esac',
    '  done',
    '  COMPREPLY=()',
    '  case "$way" in',
    ...nextWords(words),
    '  esac',
    '  case "$way $prev" in',
    ...optionValues(words, 'return'),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -o default -F _keyrack keyrack',
  ].join('\n');
}

function zshScript(words: readonly Word[]): string {
  return [
    '#compdef keyrack',
    '_keyrack() {',
    '  local way= word= i',
    '  local -a next',
    '  for ((i = 2; i < CURRENT; i++)); do',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is zsh.
    '    case "$way ${words[i]}" in',
    `    ${knownWays(words)}) way="$way \${words[i]}" ;;`,
    '    esac',
    '  done',
    '  case "$way" in',
    ...nextWords(words).map((line) => line.replace("words='", "word='")),
    '  esac',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is zsh.
    '  case "$way ${words[CURRENT-1]}" in',
    ...optionValues(words, '_files; return').map((line) => line.replace("words='", "word='")),
    '  esac',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is zsh.
    '  next=(${=word})',
    '  compadd -a next || _files',
    '}',
    'compdef _keyrack keyrack',
  ].join('\n');
}

function fishScript(words: readonly Word[]): string {
  const ways = words.filter(({ way }) => way.length > 0).map(({ way }) => `'${wayText(way)}'`);
  const lines = words.flatMap(({ way, commands, options, values }) => {
    const at = `complete -c keyrack -n '__keyrack_at "${wayText(way)}"'`;
    return [
      ...commands.map(({ name, description }) => `${at} -f -a ${name} -d ${quoted(description)}`),
      ...(values.length > 0 ? [`${at} -f -a ${quoted(values.join(' '))}`] : []),
      ...options.map(({ flags, description, values: given }) => {
        const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const takes = given === null ? ' -r' : given.length > 0 ? ` -x -a ${quoted(given.join(' '))}` : '';
        return `${at} ${names.join(' ')}${takes} -d ${quoted(description)}`;
      }),
    ];
  });
  return [
    'function __keyrack_at',
    "  set -l way ''",
    '  for word in (commandline -opc)[2..]',
    `    if contains -- "$way $word" ${ways.join(' ')}`,
    '      set way "$way $word"',
    '    end',
    '  end',
    '  test "$way" = "$argv[1]"',
    'end',
    ...lines,
  ].join('\n');
}

/** For fish: a quote within is escaped. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
