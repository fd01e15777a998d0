import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeConsole } from '../console/testing/describe-console.ts';
import { scratchFolder } from '../world/scratch.ts';
import { LOBBY_ENCODER } from '../world/template.ts';
import { issueAtLobby } from './testing/issue-at-lobby.ts';
import { agentArchive, BARE, builtFolder, describePackages } from './testing/packages.ts';

describePackages('the agent from the console', () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  describeConsole('in Chromium', (open) => {
    test('is downloaded, unpacked, paired and started by the line of the page, which turns green, and issues a card', async () => {
      const name = agentArchive();
      const house = await open({ desk: false, property: { parts: { downloads: builtFolder() } } });
      const { page } = await house.openAs('administrator', '/front-desks');
      await page.getByRole('button', { name: 'Make a code' }).click();
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download for Linux' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe(name);
      const archive = join(scratch.path, name);
      await download.saveAs(archive);
      await page.getByText('Checksum (SHA-256)').click();
      const shown = await page.getByLabel('the checksum').locator('pre').innerText();
      expect(shown).toBe(`${createHash('sha256').update(readFileSync(archive)).digest('hex')}  ${name}`);

      // As a download that was cut: the line goes on with it by the link, without anybody's session.
      truncateSync(archive, 10_000_000);
      const shownLine = await page.getByLabel('the line for the front desk').locator('pre').innerText();
      expect(shownLine).toMatch(/ --pcsc$/);
      const simulated = shownLine.replace(/--pcsc$/, `--sim-encoder ${LOBBY_ENCODER} --page-port off`);
      // A group of its own: the shell waits for the agent, and both are ended.
      const said = openSync(join(scratch.path, 'said'), 'w');
      const stdio = ['ignore', said, said] as const;
      const shell = spawn('sh', ['-c', simulated], { cwd: scratch.path, env: BARE, detached: true, stdio: [...stdio] });
      const ended = once(shell, 'exit');
      try {
        const green = page.getByRole('status').filter({ hasText: 'is connected' });
        const line = () => `The line: ${readFileSync(join(scratch.path, 'said'), 'utf8')}`;
        // Where it stays as it was, the failure tells both sides: what the page shows, and how far the line came.
        const shows = async () => `The page: ${await page.getByRole('main').innerText()}\n${line()}`;
        const isGreen = green.waitFor().then(() => 'connected', shows);
        const over = ended.then(line);
        expect(await Promise.race([isGreen, over])).toBe('connected');
        expect(await green.innerText()).toContain('It has one encoder.');
        expect(readFileSync(archive)).toEqual(readFileSync(join(builtFolder(), name)));

        const keyrack = join(scratch.path, 'keyrack-agent/keyrack');
        const placing = ['sim', '--data', 'data/agent', 'place', '04AABB010155AA', '--chip', 'ntag-215'];
        execFileSync(keyrack, placing, { cwd: join(scratch.path, 'keyrack-agent'), env: BARE });
        const where = { property: house.number };
        const { id: operation } = await issueAtLobby(house.v1, house.number);
        expect(await house.v1.waitForOperation({ ...where, operation })).toMatchObject({ state: 'succeeded' });
      } finally {
        process.kill(-(shell.pid as number), 'SIGTERM');
        await ended;
      }
    });
  });
});
