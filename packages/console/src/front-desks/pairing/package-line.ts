/** A package of the front desk's program, as the server offers it. */
export interface Package {
  readonly name: string;
  readonly sha256: string;
  /** Where the server gives it. */
  readonly path: string;
}

/** The command behind `keyrack`, which a package's own program takes just as well. */
const COMMAND = /^(?:npx )?keyrack (agent --server ("?)(wss?:\/\/[^"\s]+)\2 .*)$/;

/** The address of a server, as a browser opens it, from the line that the server tells for a front desk. */
export function serverOf(command: string): string | null {
  const agents = COMMAND.exec(command)?.[3];
  return agents === undefined ? null : new URL(agents.replace(/^ws/, 'http')).origin;
}

/** Where a package is got without signing in, once. */
export function linkTo({ path }: Package, command: string, link: string): string | null {
  const server = serverOf(command);
  return server === null ? null : `${server}${path}?link=${encodeURIComponent(link)}`;
}

/**
 * One line for a terminal of Linux: downloads the package, checks it, unpacks it, pairs the computer and starts the agent. Typed again
 * after a cut it goes on; what is there whole is kept, and the checksum alone decides.
 */
export function linuxLine(offered: Package, command: string, link: string): string | null {
  const address = linkTo(offered, command, link);
  const [, agent] = COMMAND.exec(command) ?? [];
  if (address === null || agent === undefined) return null;
  const { name, sha256 } = offered;
  return [
    `wget -c -O ${name} '${address}'; echo '${sha256}  ${name}' | sha256sum -c`,
    `tar -xf ${name}`,
    'cd keyrack-agent',
    `./keyrack ${agent}`,
  ].join(' && ');
}
