// Runs what was asked for on the command line, and prints what came of it.
import { trySdk } from './try-sdk.mjs';

const [given] = globalThis.process.argv.slice(2);
console.log(JSON.stringify(await trySdk(JSON.parse(given))));
