import { readFileSync } from 'node:fs';

const UNIT = new URL('../../../packaging/keyrack-server.service', import.meta.url);

/** What the systemd unit sets for the C library and for Node, so that tests take memory as a server does where it serves. */
export function memorySettingsOfUnit(): Record<string, string> {
  const settings = [...readFileSync(UNIT, 'utf8').matchAll(/\b(MALLOC_\w+|NODE_OPTIONS)=(\S+)/g)];
  if (settings.length === 0) throw new Error(`${UNIT.pathname} sets nothing for memory: add it, or end its use here`);
  return Object.fromEntries(settings.map(([, name, value]) => [name, value]));
}
