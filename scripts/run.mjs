// `node scripts/run.mjs FILE …`: installs what is missing and runs a program of this repository on Keyrack's own Node,
// in the foreground.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { NotReady } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [file, ...args] = process.argv.slice(2);

try {
  const node = await install(root);
  process.exitCode = (await runChild(node, [join(root, file), ...args])).code;
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
