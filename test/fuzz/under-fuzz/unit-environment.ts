import { readFileSync } from 'node:fs';

const UNIT = new URL('../../../packaging/keyrack-server.service', import.meta.url);

/** What the systemd unit sets for the C library, so that programs under fuzz take memory as they do where they serve. */
export function allocatorOfUnit(): Record<string, string> {
  const settings = readFileSync(UNIT, 'utf8').match(/\bMALLOC_\w+=\S+/g);
  if (settings === null)
    throw new Error(`${UNIT.pathname} sets nothing for the C library: add it, or end its use here`);
  return Object.fromEntries(settings.map((each) => each.split('=') as [string, string]));
}
