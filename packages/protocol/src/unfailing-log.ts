type Write = (fields: object, message: string) => void;

/**
 * The same log, which never throws. A line may come between a commit and the news of it, or in the middle of a write: if it
 * threw there, an operation would be carried out by nobody, or never end. Lines that fail are counted, and the number is
 * told once a line gets through. Server and agent share it, and this package is all that both import.
 */
export function unfailingLog<Level extends string>(
  log: Readonly<Record<Level | 'warn', Write>>,
  levels: readonly Level[],
): Record<Level, Write> {
  let lost = 0;
  const write = (level: Level, fields: object, message: string) => {
    try {
      if (lost > 0) log.warn({ lines: lost }, 'log lines were lost');
      lost = 0;
      log[level](fields, message);
    } catch {
      lost += 1;
    }
  };
  const entries = levels.map((level): [Level, Write] => [level, (fields, message) => write(level, fields, message)]);
  return Object.fromEntries(entries) as Record<Level, Write>;
}
