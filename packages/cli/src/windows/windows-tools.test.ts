import { expect, test } from 'vitest';
import { windowsTools } from './windows-tools.ts';

test.each([
  ['schtasks', 'in taskschd.msc that you may make a task', () => tools.putTask('Keyrack', '<Task/>')],
  ['schtasks', 'Then run this again', () => tools.startTask('Keyrack')],
  ['icacls', 'has rights (NTFS)', () => tools.takeOver('folder')],
  ['whoami', 'Run this again', () => tools.isElevated()],
])('where %s fails, it is said what to do: %s', async (program, step, use) => {
  await expect(use()).rejects.toThrow(program);
  await expect(use()).rejects.toThrow(step);
});

/** Of a Windows that has none of its programs. */
const tools = windowsTools('C:\\no such folder');
