import { afterAll, beforeAll, expect } from 'vitest';
import { freePort, run } from '../../world/processes.ts';
import { scratchFolder } from '../../world/scratch.ts';
import { typeCommand } from '../../world/typed-command.ts';

/** A demonstration that all tests of a file share, and the commands beside it. */
export function demoForFile() {
  const { path: folder, remove } = scratchFolder();
  const env = { KEYRACK_DATA: folder, XDG_CONFIG_HOME: folder };
  let demo: ReturnType<typeof run>;
  beforeAll(async () => {
    const settings = { PORT: String(await freePort()), PAGE_PORT: 'off', KEYRACK_METRICS: 'none' };
    demo = run('../command-line/testing/demo-main.ts', { ...env, ...settings });
    await demo.ready;
  });
  afterAll(async () => {
    await demo.kill();
    remove();
  });

  /** What a command prints, which must succeed and complain of nothing. */
  async function json(...args: string[]) {
    const { code, out, err } = await typeCommand(args, env);
    expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
    return JSON.parse(out);
  }
  return { folder, env, json };
}
