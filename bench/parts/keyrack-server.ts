import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from './bench-error.ts';
import { type Part, startPart } from './part.ts';
import { within } from './within.ts';

/** A server of the bench: the real `keyrack serve` of a checkout, in a process of its own. */
export interface BenchServer extends Part {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly dataFolder: string;
  /** From the start of its process until it listens. Milliseconds. */
  readonly startMs: number;
}

export interface ServerOptions {
  /** The folder of the Keyrack that is measured. */
  readonly checkout: string;
  readonly dataFolder: string;
  /** Options of Node besides, e.g. --cpu-prof. */
  readonly execArgv?: readonly string[];
  /** The port; any free one unless told. */
  readonly port?: number;
}

/** The master key of every database of a bench. */
export const MASTER_KEY = Buffer.alloc(32, 7);
const TELL_USE = new URL('./tell-use.ts', import.meta.url).href;
/** A large database that was copied, or left by a crash, takes a while. */
const START_PATIENCE_MS = 120_000;
/** Lines of a server that didn't start. */
const LAST_WORDS = 10;
const LISTENS = /listens on (http:\/\/\S+);/;

/** Starts a server and resolves when it listens. Its log goes into its data folder, a line of JSON each. */
export async function startServer(options: ServerOptions): Promise<BenchServer> {
  const { checkout, dataFolder, execArgv = [], port = 0 } = options;
  const logFile = join(dataFolder, 'server.log');
  const log = openSync(logFile, 'a');
  const listening = Promise.withResolvers<string>();
  let said = '';
  const began = performance.now();
  const part = startPart(
    join(checkout, 'packages/cli/src/main.ts'),
    {
      args: ['serve'],
      execArgv: ['--import', TELL_USE, ...execArgv],
      env: serverEnvironment({ checkout, dataFolder, port }),
      cwd: checkout,
      output: { out: 'pipe', err: log },
    },
    (child) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, url] = LISTENS.exec(said) ?? [];
        if (url !== undefined) listening.resolve(url);
      });
      // Its log goes with the folder of the run, so its last words are told here.
      child.once('exit', (code, signal) =>
        listening.reject(
          new BenchError(
            `The server of ${checkout} ended with ${code ?? signal}. It said:\n${lastWords(logFile, said)}`,
          ),
        ),
      );
    },
  );
  closeSync(log);
  const url = await within(START_PATIENCE_MS, listening.promise, `The server of ${checkout} didn't listen`);
  return { ...part, url, dataFolder, startMs: performance.now() - began };
}

function lastWords(logFile: string, said: string): string {
  const lines = `${said}\n${readFileSync(logFile, 'utf8')}`.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-LAST_WORDS).join('\n') || 'nothing.';
}

/** Settings that somebody has around must not change what is measured. Those of memory are its unit's, as installed. */
function serverEnvironment(of: { readonly checkout: string; readonly dataFolder: string; readonly port: number }) {
  const { NODE_OPTIONS: _options, ...outer } = process.env;
  const others = Object.entries(outer).filter(([name]) => !/^(?:KEYRACK_|HOST$|PORT$|UV_THREADPOOL_SIZE$)/.test(name));
  const unit = readFileSync(join(of.checkout, 'packaging/keyrack-server.service'), 'utf8');
  const memory = Array.from(unit.matchAll(/\b(MALLOC_\w+|NODE_OPTIONS)=(\S+)/g), ([, name, value]) => [name, value]);
  return {
    ...Object.fromEntries([...others, ...memory]),
    PORT: String(of.port),
    KEYRACK_DATA: of.dataFolder,
    KEYRACK_METRICS: '127.0.0.1:0',
    KEYRACK_MASTER_KEY: MASTER_KEY.toString('base64'),
  };
}

/** The folder of this repository. */
export const THIS_CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
