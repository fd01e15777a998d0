import { expect, test } from 'vitest';
import { byVersion, parseArchiveName } from './archive-name.ts';

test('an archive is known by its name', () => {
  expect(parseArchiveName('keyrack-agent-0.1.0-linux-arm64.tar.xz')).toEqual({
    version: '0.1.0',
    system: 'linux-arm64',
  });
  expect(parseArchiveName('keyrack-agent-1.2.3-rc.1-win-x64.zip')).toEqual({
    version: '1.2.3-rc.1',
    system: 'win-x64',
  });
});

test.each([
  'keyrack-server-0.1.0-linux-x64.tar.xz',
  'keyrack-agent-0.1.0-linux-x64.zip',
  'keyrack-agent-0.1.0-win-x64.tar.xz',
  'keyrack-agent-0.1.0-darwin-x64.tar.xz',
  'keyrack-agent-0.1.0-linux-x64.tar.xz.cdx.json',
  'keyrack-agent-0.1-linux-x64.tar.xz',
  '../keyrack-agent-0.1.0-linux-x64.tar.xz',
  'keyrack-agent-0.1.0-../../x-linux-x64.tar.xz',
  'keyrack-agent-0.1.0"\r\n-win-x64.zip',
  'SHA256SUMS',
  '',
])('%j is none', (name) => {
  expect(parseArchiveName(name)).toBeNull();
});

test('the newest version comes first, a release before what led to it', () => {
  const versions = ['0.9.0', '0.10.0-rc.10', '1.0.0', '0.10.0', '0.10.0-rc.9'];
  const sorted = versions.map((version) => ({ version, system: 'win-x64' }) as const).sort(byVersion);
  expect(sorted.map(({ version }) => version)).toEqual(['1.0.0', '0.10.0', '0.10.0-rc.10', '0.10.0-rc.9', '0.9.0']);
});
