import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '@keyrack/server/config.ts';
import { type RunningServer, startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../world/scratch.ts';
import { blocksOf, readDocument } from './testing/document.ts';

/** The commands of docs/api.md, in their order and in one shell, on an empty server; and the answers that it shows. */

const scratch = scratchFolder();
let server: RunningServer;

beforeAll(async () => {
  const folder = join(scratch.path, 'data/server');
  mkdirSync(folder, { recursive: true });
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder);
  server = await startServer(config, recordingLog().log, { checksAnswers: true });
});
afterAll(async () => {
  await server.stop();
  scratch.remove();
});

test('each command of docs/api.md succeeds, and answers with the fields that the page shows', async () => {
  const blocks = blocksOf(readDocument('docs/api.md'));
  const commands = blocks.filter(({ language }) => language === 'sh');
  expect(commands.length).toBeGreaterThan(4);
  const END = '=== end of a block ===';
  const script = [
    'set -euo pipefail',
    // An answer that is a problem ends the script.
    'curl() { command curl --fail-with-body "$@"; }',
    ...commands.flatMap(({ text }) => [text.replaceAll('http://127.0.0.1:8080', server.url), `echo; echo '${END}'`]),
  ].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: scratch.path });
  const answers = stdout.split(`\n${END}\n`);
  commands.forEach((command, i) => {
    const answer = JSON.parse(answers[i] as string);
    const next = blocks[blocks.indexOf(command) + 1];
    if (next?.language === 'json') expect(Object.keys(answer)).toEqual(Object.keys(JSON.parse(next.text)));
  });
  expect(stdout, 'the change by its ETag').toContain('"checkOutTime":"11:00"');
  expect(stdout, 'the change of a member').toContain('"issuingPermission":false');
});
