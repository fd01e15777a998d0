// Preloaded into an agent and its supervisor by NODE_OPTIONS: kills their whole group of processes, as a power cut ends all, right
// before the step of the file system that KILL_AT names, e.g. "rename current.new 1", its first. What was passed stands in the file PASSED.
import { appendFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const { KILL_AT, PASSED } = process.env;

const times = new Map();

function pass(what) {
  times.set(what, (times.get(what) ?? 0) + 1);
  const step = `${what} ${times.get(what)}`;
  appendFileSync(PASSED, `${step}\n`);
  if (step === KILL_AT) process.kill(0, 'SIGKILL');
}

/** Of an update alone. */
const isOfUpdate = (path) =>
  /download\.part|\.part$|last-update\.json|[\\/]current|versions[\\/][\d.]+$/.test(String(path));

for (const name of ['open', 'rename', 'rm']) {
  const real = promises[name];
  promises[name] = (path, ...more) => {
    if (isOfUpdate(path)) pass(`${name} ${basename(String(path))}`);
    return real(path, ...more);
  };
}
syncBuiltinESMExports();
