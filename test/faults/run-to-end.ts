import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Runs a program of the tests until it ends; ends it with the test. */
export async function runToEnd(
  entry: URL,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string; readonly lastLine: string }> {
  const child = spawn(process.execPath, [fileURLToPath(entry), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output + errors, lastLine: output.trimEnd().split('\n').at(-1) ?? '' };
}
