import { fileURLToPath } from 'node:url';
import { runProgram } from '../../test/command-line/run-program.ts';
import { buildPackages } from './build-packages.ts';
import { readWanted, USAGE } from './command.ts';
import { ToolFailure } from './run-tool.ts';

// `npm run package`: USAGE says what it takes.

const root = fileURLToPath(new URL('../..', import.meta.url));

await runProgram({ usage: USAGE, read: (args) => readWanted(root, args, process.env) }, async (wanted) => {
  try {
    await buildPackages(root, wanted, (text) => void process.stdout.write(`${text}\n`));
    return 0;
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
});
