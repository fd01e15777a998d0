/** What a command may know of the process that it runs in, so that a test can be one too. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line of the command's answer. */
  out(text: string): void;
  /** Prints a line of what a program says while it works. */
  say(text: string): void;
  /** Prints a line about it: warnings, failures. */
  err(text: string): void;
}
