import { spawn } from 'node:child_process';

/** A tool of the system that is missing or failed. The message says what to do; no stack is printed for it. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
}

export interface ToolRun {
  readonly args: readonly string[];
  readonly cwd: string;
  /** What it reads at its standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Which Debian package brings a tool, for whoever misses it. */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  tar: 'tar',
  xz: 'xz-utils',
  gzip: 'gzip',
  '7zz': '7zip',
  cp: 'coreutils',
  'dpkg-deb': 'dpkg',
  npm: 'npm',
  mmdebstrap: 'mmdebstrap',
};

/** Runs a tool to its end. Throws a ToolFailure with the end of what it said where it failed. */
export async function runTool(tool: string, { args, cwd, input = '', env = {} }: ToolRun): Promise<void> {
  const child = spawn(tool, args, {
    cwd,
    // The same words, order and time zone on every machine: all of it may end up in a package.
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (text: string) => {
    said = (said + text).slice(-4_000);
  };
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdout.setEncoding('utf8').on('data', keep);
  // It may end before it has read everything; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new ToolFailure(
          error.code === 'ENOENT'
            ? `The program ${tool} isn't there. On Debian, install it as root with "apt-get install ${BROUGHT_BY[tool] ?? tool}".`
            : `The program ${tool} can't be started: ${error.message}.`,
        ),
      ),
    );
    child.once('close', resolve);
  });
  if (code !== 0) throw new ToolFailure(`${tool} ${args.join(' ')} ended with code ${code}:\n${said.trim()}`);
}
