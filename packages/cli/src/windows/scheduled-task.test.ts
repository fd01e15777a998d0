import { expect, test } from 'vitest';
import { installedFolders } from './installed-folders.ts';
import { taskXml } from './scheduled-task.ts';
import { asServerAddress } from './server-address.ts';

const ENV = {
  LOCALAPPDATA: 'C:\\Users\\Zoë & Co\\AppData\\Local',
  APPDATA: 'C:\\Users\\Zoë & Co\\AppData\\Roaming',
  ProgramFiles: 'C:\\Program Files',
  ProgramData: 'C:\\ProgramData',
  USERNAME: 'Zoë & Co',
};

test('a user has everything in folders of their own, and a task of their own name', () => {
  expect(installedFolders('user', ENV)).toMatchObject({
    program: 'C:\\Users\\Zoë & Co\\AppData\\Local\\Keyrack',
    data: 'C:\\Users\\Zoë & Co\\AppData\\Local\\Keyrack\\data',
    task: 'Keyrack agent of Zoë & Co',
  });
  expect(installedFolders('computer', ENV)).toMatchObject({
    program: 'C:\\Program Files\\Keyrack',
    data: 'C:\\ProgramData\\Keyrack',
  });
  expect(installedFolders('user', {})).toBeNull();
});

test('no name of a folder or user ends an element of the task, and none stands in its command', () => {
  const { program } = installedFolders('user', ENV) ?? { program: '' };
  const xml = taskXml({ whom: 'user', user: 'S-1-5-21-1', program, system: 'C:\\Windows' });
  expect(xml).toContain('<WorkingDirectory>C:\\Users\\Zoë &amp; Co\\AppData\\Local\\Keyrack</WorkingDirectory>');
  expect(xml).toContain('<Arguments>//B //NoLogo start-hidden.js</Arguments>');
  expect(xml.replaceAll('&amp;', '')).not.toContain('&');
});

test('it starts at log-on of its user without a window, or at boot as Local Service, and again within a minute', () => {
  const user = taskXml({ whom: 'user', user: 'S-1-5-21-1', program: 'C:\\x', system: 'C:\\Windows' });
  expect(user).toMatch(/<LogonTrigger>.*<Interval>PT1M<.*<UserId>S-1-5-21-1<\/UserId><\/LogonTrigger>/);
  const computer = taskXml({ whom: 'computer', user: 'S-1-5-19', program: 'C:\\x', system: 'C:\\Windows' });
  expect(computer).toMatch(/<BootTrigger>.*<Interval>PT1M</);
  expect(computer).toContain('<UserId>S-1-5-19</UserId><RunLevel>LeastPrivilege');
});

test.each([
  ['https://keys.example/front-desks', 'wss://keys.example/agent'],
  ['keys.example:8443', 'wss://keys.example:8443/agent'],
  ['http://127.0.0.1:8080', 'ws://127.0.0.1:8080/agent'],
  ['wss://keys.example/agent', 'wss://keys.example/agent'],
])('the address %s is understood', (typed, address) => {
  expect(asServerAddress(typed)).toBe(address);
});
