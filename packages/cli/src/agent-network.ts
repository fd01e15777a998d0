import { type NetworkRoute, proxyFor } from '@keyrack/agent';
import type { Command } from 'commander';
import type { AgentSettings } from './agent-settings.ts';
import { usageError } from './exit.ts';
import { readText } from './read-text.ts';

/** How an agent gets to its server, as its command line says. */
export interface NetworkFlags {
  readonly server?: string;
  readonly caFile?: string;
  readonly proxy?: string;
}

export function addNetworkOptions(command: Command): Command {
  return command
    .option('--server <url>', 'the server: wss://HOST/agent, or ws:// on the same computer')
    .option('--ca-file <file>', "the certificates (PEM) that the server's must come from, where its CA is private")
    .option('--proxy <url>', 'the HTTP proxy on the way to the server: http://[USER:PASSWORD@]HOST:PORT');
}

export const NETWORK_HELP = `
Environment:
  HTTPS_PROXY, NO_PROXY         the proxy, and the hosts that are reached without it
  NODE_EXTRA_CA_CERTS           a file of certificates (PEM) that are trusted besides the well-known ones
  NODE_USE_SYSTEM_CA=1          trusts the certificates that this computer trusts`;

/** Flags come first, then agent.json, then the environment. Throws a CommandFailure or an AddressError. */
export function routeTo(
  server: string,
  flags: NetworkFlags,
  settings: AgentSettings,
  env: Readonly<Record<string, string | undefined>>,
): NetworkRoute {
  const caFile = flags.caFile ?? settings.caFile;
  const proxy = flags.proxy ?? settings.proxy ?? (env.HTTPS_PROXY || env.https_proxy);
  return {
    ca: caFile === undefined ? undefined : readCertificates(caFile),
    proxy: proxyFor(server, { proxy, noProxy: env.NO_PROXY || env.no_proxy }),
  };
}

function readCertificates(file: string): string {
  const text = readText(file);
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw usageError(`The file ${file} holds no certificate in PEM; export the CA's certificate as Base64 (.pem, .crt).`);
}
