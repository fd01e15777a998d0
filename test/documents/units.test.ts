import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scratchFolder } from '../world/scratch.ts';
import { readDocument } from './testing/document.ts';
import { programOf } from './testing/run-proxy.ts';

/** The systemd units in packaging/, as systemd itself judges them. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const units = readdirSync(join(root, 'packaging')).filter((name) => name.endsWith('.service'));
/** The worst that a unit may be exposed, of 10. */
const MOST_EXPOSED = 2.0;

/** The unit under its name in a folder of its own, with this checkout in the place of /opt/keyrack. */
function placed(name: string): string {
  const scratch = scratchFolder();
  onTestFinished(scratch.remove);
  mkdirSync(scratch.path, { recursive: true });
  const file = join(scratch.path, name);
  const text = readFileSync(join(root, 'packaging', name), 'utf8');
  writeFileSync(file, text.replaceAll('/opt/keyrack/', root).replaceAll('/opt/keyrack', root));
  return file;
}

const tests = () => {
  test('is understood by systemd without a word', () => {
    for (const name of units) {
      const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', placed(name)], { encoding: 'utf8' });
      expect([name, status, stdout, stderr]).toEqual([name, 0, '', '']);
    }
  });

  test('exposes little of the computer', () => {
    for (const name of units) {
      const args = ['security', '--offline=true', `--threshold=${MOST_EXPOSED * 10}`, placed(name)];
      const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
      expect([name, exposure <= MOST_EXPOSED, status]).toEqual([name, true, 0]);
    }
  });

  test('one that is worse would be noticed', () => {
    const file = placed('keyrack-server.service');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^(Protect|Private|Restrict|System|Capab|NoNew).*$/gm, ''));
    expect(() =>
      execFileSync('systemd-analyze', ['security', '--offline=true', `--threshold=${MOST_EXPOSED * 10}`, file], {
        stdio: 'ignore',
      }),
    ).toThrow();
  });
};

if (programOf('systemd-analyze') === null)
  describe.skip('a unit (needs systemd-analyze: apt-get install systemd)', tests);
else describe('a unit', tests);

test('each is told of in a document', () => {
  const told = ['docs/server.md', 'docs/desk-pc.md'].map(readDocument).join('\n');
  for (const name of units) expect(told).toContain(`packaging/${name}`);
});

test('the server gets the time to answer its callers at a stop', () => {
  const unit = readFileSync(join(root, 'packaging/keyrack-server.service'), 'utf8');
  const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
  const answerWait = Number(/`KEYRACK_ANSWER_WAIT_SECONDS` \| `(\d+)`/.exec(readDocument('docs/server.md'))?.[1]);
  expect(seconds).toBeGreaterThanOrEqual(answerWait + 5);
});
