import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../world/until.ts';

const run = promisify(execFile);
const FORWARDER = fileURLToPath(new URL('forward-port.mjs', import.meta.url));
const ROOT_MAKER = pathToFileURL(fileURLToPath(new URL('../../../scripts/debian-root.mjs', import.meta.url))).href;

/** Half of what a small machine has; both packages take a third of that, twice while they are upgraded. */
const DISK = '2g';

/** A computer with Debian under systemd, and with nothing but its own loopback. All of it is gone when it is closed. */
export interface DebianComputer {
  /** Runs a command there as root. Rejects where it fails, with all that it said. */
  run(command: string, ...args: readonly string[]): Promise<string>;
  /** The address on this computer that leads to a port of that one's loopback. */
  reach(port: number): Promise<string>;
  close(): Promise<void>;
}

/** @param packages a folder that is there as /packages */
export async function bootDebian(scratch: string, packages: string): Promise<DebianComputer> {
  const { debianRoot }: { debianRoot(): Promise<string> } = await import(ROOT_MAKER);
  const root = await debianRoot();
  // Written to memory, over a Debian that stays as it is. Mounts of its own go with the process.
  const script = [
    `mount -t tmpfs -o size=${DISK},mode=0755 tmpfs "$1"`,
    'mkdir "$1/upper" "$1/work" "$1/root"',
    'mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"',
    'exec systemd-nspawn --quiet --directory="$1/root" --boot --register=no --keep-unit --private-network --console=pipe "--bind-ro=$3:/packages"',
  ].join(' && ');
  const machine = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '--mount', 'sh', '-c', script, 'sh', scratch, root, packages],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(machine, 'exit');
  let said = '';
  for (const stream of [machine.stdout, machine.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  const first = () => {
    if (machine.exitCode !== null) throw new Error(`systemd-nspawn ended with code ${machine.exitCode}:\n${said}`);
    return childOf(machine.pid as number, 'systemd');
  };
  const pid = await until('the computer has a first process', first);
  const inside = ['--target', String(pid), '--mount', '--uts', '--ipc', '--net', '--pid', '--', 'env', '-i'];
  const env = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL=C.UTF-8', 'DEBIAN_FRONTEND=noninteractive'];

  const here: DebianComputer['run'] = async (command, ...args) => {
    const { stdout } = await run('nsenter', [...inside, ...env, command, ...args], { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  };
  await until('systemd answers', () =>
    here('systemctl', 'is-system-running', '--wait').catch(({ stdout }) => /degraded/.test(stdout)),
  );

  const bridges: { readonly server: Server; readonly sockets: Set<Socket>; stop(): void }[] = [];
  return {
    run: here,
    async reach(port) {
      const path = join(scratch, `port-${port}`);
      const forwarder = spawn(
        'nsenter',
        ['--target', String(pid), '--net', process.execPath, FORWARDER, path, String(port)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      await once(forwarder.stdout, 'data');
      const sockets = new Set<Socket>();
      const server = createServer((near) => {
        const far = connect(path);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(one);
          one.on('error', () => other.destroy());
          one.on('close', () => other.destroy());
          one.pipe(other);
        }
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      bridges.push({ server, sockets, stop: () => void forwarder.kill('SIGKILL') });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      for (const { server, sockets, stop } of bridges) {
        server.close();
        for (const socket of sockets) socket.destroy();
        stop();
      }
      machine.kill('SIGKILL');
      await ended;
    },
  };
}

/** The child of that process which runs this program; null while there is none. */
function childOf(parent: number, program: string): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      if (new RegExp(`^PPid:\t${parent}$`, 'm').test(status) && new RegExp(`^Name:\t${program}$`, 'm').test(status))
        return Number(name);
    } catch {
      // It has just ended.
    }
  }
  return null;
}
