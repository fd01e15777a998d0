import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder } from '../world/scratch.ts';

/** What `npm test` installs of the system as root: it must not start web servers on somebody's machine. */

interface SystemParts {
  withoutServices<T>(action: () => Promise<T>, policy: string): Promise<T>;
  readonly SYSTEM_PARTS: readonly { readonly package: string; readonly serves: string }[];
}
const file = new URL('../../scripts/system-parts.mjs', import.meta.url);
const parts: SystemParts = await import(pathToFileURL(file.pathname).href);

function policyFile(): string {
  const scratch = scratchFolder();
  onTestFinished(scratch.remove);
  return join(scratch.path, 'policy-rc.d');
}

/** What Debian's packages are told when they ask whether they may start a service. */
function answerOf(policy: string): number {
  try {
    execFileSync(policy, ['nginx', 'start']);
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

test('while packages are installed, no service may start; afterwards, as before', async () => {
  const policy = policyFile();
  expect(await parts.withoutServices(async () => answerOf(policy), policy)).toBe(101);
  expect(existsSync(policy)).toBe(false);
  await expect(parts.withoutServices(() => Promise.reject(new Error('apt-get failed')), policy)).rejects.toThrow();
  expect(existsSync(policy)).toBe(false);
});

test("a machine's own policy stays", async () => {
  const policy = policyFile();
  writeFileSync(policy, '#!/bin/sh\nexit 104\n', { mode: 0o755 });
  expect(await parts.withoutServices(async () => answerOf(policy), policy)).toBe(104);
  expect(readFileSync(policy, 'utf8')).toContain('exit 104');
});

test('both proxies of the documents are among what is installed', () => {
  const packages = parts.SYSTEM_PARTS.map((part) => part.package);
  expect(packages).toEqual(expect.arrayContaining(['nginx-light', 'caddy']));
});
