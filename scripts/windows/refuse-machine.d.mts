interface Machine {
  readonly platform: string;
  readonly arch: string;
  getuid?(): number;
}
export function refusalOfMachine(machine?: Machine, path?: string, more?: readonly string[]): string | null;
