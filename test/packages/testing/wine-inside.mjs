// Runs in mounts and processes of its own (`unshare`): a Windows of one user, with pcscd and two virtual readers. Ends, and all
// that runs in it, when its input ends.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPcscd } from '../../../scripts/windows/keep-pcscd.mjs';
import { bootWine, mountSystem, run } from '../../../scripts/windows/wine-system.mjs';

const { system, out, user, readerPort } = JSON.parse(process.argv[2]);

mountSystem(system, out);
// Wine calls Windows' user by the name that Linux knows.
const users = join(system, 'tmp/passwd');
writeFileSync(users, readFileSync(join(system, 'etc/passwd'), 'utf8').replace(/^root:/, `${user}:`));
run('mount', '--bind', users, join(system, 'etc/passwd'));
startPcscd(system, readerPort);
await bootWine(system);
process.stdout.write('ready\n');
process.stdin.resume();
await once(process.stdin, 'end');
process.exit();
