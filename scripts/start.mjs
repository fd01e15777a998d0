// `npm start`: installs what is missing and runs the demo in the foreground.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { NotReady } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const node = await install(root);
  const demo = join(root, 'packages', 'cli', 'src', 'main.ts');
  process.exitCode = (await runChild(node, [demo, 'demo', ...process.argv.slice(2)])).code;
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
