import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SHELL_WATCH_MS = 250;

/**
 * Runs a program until it ends and returns its exit code (128 + signal number after a signal, as shells do) and,
 * with `capture`, what it printed.
 *
 * SIGTERM and SIGHUP are handed on. SIGINT is handed on too, but not on a terminal: there Ctrl-C has reached the
 * child already, and a program that gets it twice may take that for "at once". npm runs scripts in a shell that dies
 * of a SIGTERM without handing it on; losing that shell therefore counts as one.
 */
export function runChild(command, args, { env = process.env, cwd, capture = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit' });

    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));

    const handOn = (signal) => child.kill(signal);
    const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
    const shell = process.ppid;
    const watch = setInterval(() => {
      if (!process.env.npm_lifecycle_event || process.ppid === shell) return;
      clearInterval(watch);
      handOn('SIGTERM');
    }, SHELL_WATCH_MS);
    const forget = () => {
      clearInterval(watch);
      process.off('SIGTERM', handOn).off('SIGHUP', handOn).off('SIGINT', interrupt);
    };
    process.on('SIGTERM', handOn).on('SIGHUP', handOn).on('SIGINT', interrupt);

    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('close', (code, signal) => {
      forget();
      resolve({ code: code ?? 128 + constants.signals[signal], signal, output });
    });
  });
}
