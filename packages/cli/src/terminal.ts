/** What a command may know of the process that it runs in, so that a test can be one too. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line of the command's answer. */
  out(text: string): void;
  /** Resolves once what was printed has left, so that a long answer doesn't pile up before a slow reader. */
  readonly written?: (() => Promise<void>) | undefined;
  /** Prints a line of what a program says while it works. */
  say(text: string): void;
  /** Prints a line about it: warnings, failures. */
  err(text: string): void;
  /** The screen that the answer is shown on; undefined where a program reads it. */
  readonly screen?: Screen | undefined;
  /** Who can be asked; undefined where nobody sits there. */
  readonly person?: Person | undefined;
  /** Shows how far long work is, over what it showed before; an empty text takes it away. Undefined where nobody looks. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Everything that comes in on standard input. */
  readonly input?: (() => Promise<string>) | undefined;
}

export interface Screen {
  readonly columns: number;
  /** Whether it shows colours, and the person wants them. */
  readonly colours: boolean;
}

export interface Person {
  /** Shows the question and returns the line that was typed. Rejects with a CommandFailure when they give up. */
  ask(question: string): Promise<string>;
  /** The same, and what is typed isn't shown. */
  askHidden(question: string): Promise<string>;
}
