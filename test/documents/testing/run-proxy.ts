import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { freePort } from '../../world/processes.ts';
import { until } from '../../world/until.ts';

/** A reverse proxy of Debian's, in the foreground, with the configuration of a document. */
export interface RunningProxy {
  readonly httpsPort: number;
  readonly httpPort: number;
  /** What it told on standard output and error, and wrote to its own log of requests. */
  logs(): string;
  stop(): Promise<void>;
}

export interface ProxyPlace {
  /** A folder of the test, for everything that the proxy writes. */
  readonly folder: string;
  /** Where Keyrack listens. */
  readonly port: number;
  /** Certificate with its chain, and key. PEM. */
  readonly cert: string;
  readonly key: string;
}

/** A configuration that was put into place, with ports and paths of the test. */
interface Placed {
  readonly httpsPort: number;
  readonly httpPort: number;
  readonly args: readonly string[];
  /** What the program makes of the configuration, all of it. */
  readonly effective: () => string;
}

export interface ProxyKind {
  readonly name: 'nginx' | 'caddy';
  readonly package: string;
  /** The language of its block in the document. */
  readonly language: string;
  place(configuration: string, place: ProxyPlace): Promise<Placed>;
}

/** Replaces what must stand there: a document that words it otherwise isn't tested by accident. */
function replaced(text: string, changes: Readonly<Record<string, string>>): string {
  let changed = text;
  for (const [from, to] of Object.entries(changes)) {
    if (!changed.includes(from)) throw new Error(`the configuration doesn't say ${from}`);
    changed = changed.replaceAll(from, to);
  }
  return changed;
}

async function placeFiles({ folder, cert, key }: ProxyPlace) {
  mkdirSync(folder, { recursive: true });
  const files = { cert: join(folder, 'fullchain.pem'), key: join(folder, 'privkey.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  return { files, httpPort: await freePort(), httpsPort: await freePort() };
}

export const NGINX: ProxyKind = {
  name: 'nginx',
  package: 'nginx-light',
  language: 'nginx',
  async place(configuration, place) {
    const { files, httpPort, httpsPort } = await placeFiles(place);
    const { folder } = place;
    const written = replaced(configuration, {
      '127.0.0.1:8080': `127.0.0.1:${place.port}`,
      'listen 80;': `listen 127.0.0.1:${httpPort};`,
      'listen 443 ssl;': `listen 127.0.0.1:${httpsPort} ssl;`,
      '/etc/keyrack/tls/fullchain.pem': files.cert,
      '/etc/keyrack/tls/privkey.pem': files.key,
      '/var/log/nginx/keyrack.log': join(folder, REQUESTS),
    });
    writeFileSync(join(folder, 'keyrack.conf'), written);
    // What Debian's /etc/nginx/nginx.conf has around such a file, with paths of the test.
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    // Its workers would become another user than the one of the test's folder.
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    const around = `daemon off;
${user}
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log stderr;
events {}
http {
${temporary.map((each) => `${each}_temp_path ${join(folder, each)};`).join('\n')}
include ${join(folder, 'keyrack.conf')};
}
`;
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, around);
    const args = ['-p', folder, '-c', file];
    return {
      httpPort,
      httpsPort,
      args,
      effective: () => execFileSync(programOf('nginx') ?? '', [...args, '-T', '-q'], { encoding: 'utf8' }),
    };
  },
};

export const CADDY: ProxyKind = {
  name: 'caddy',
  package: 'caddy',
  language: 'caddyfile',
  async place(configuration, place) {
    const { files, httpPort, httpsPort } = await placeFiles(place);
    const written = replaced(configuration, {
      '127.0.0.1:8080': `127.0.0.1:${place.port}`,
      'http_port 80\n': `http_port ${httpPort}\n`,
      'https_port 443\n': `https_port ${httpsPort}\n`,
      '/etc/keyrack/tls/fullchain.pem': files.cert,
      '/etc/keyrack/tls/privkey.pem': files.key,
    });
    const file = join(place.folder, 'Caddyfile');
    writeFileSync(file, written);
    const config = ['--config', file, '--adapter', 'caddyfile'];
    return {
      httpPort,
      httpsPort,
      args: ['run', ...config],
      effective: () => execFileSync(programOf('caddy') ?? '', ['adapt', ...config], { encoding: 'utf8' }),
    };
  },
};

const REQUESTS = 'requests.log';

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Where a program is, or null where this machine doesn't have it. */
export function programOf(name: string): string | null {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}

/** Runs the proxy until it is stopped; resolves when it takes connections. */
export async function runProxy(
  kind: ProxyKind,
  configuration: string,
  place: ProxyPlace,
): Promise<RunningProxy & { effective(): string }> {
  const { args, httpPort, httpsPort, effective } = await kind.place(configuration, place);
  const { folder } = place;
  // Caddy keeps what it has in the home folder.
  const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(programOf(kind.name) ?? kind.name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    for (const port of [httpPort, httpsPort]) {
      await until(`${kind.name} listens`, () => {
        if (child.exitCode !== null) throw new Error(`${kind.name} ended:\n${said}`);
        return canConnect(port);
      });
    }
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { httpPort, httpsPort, logs: () => said + readIfThere(join(folder, REQUESTS)), stop, effective };
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const open = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return open;
}
