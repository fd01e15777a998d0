import { expect, test } from 'vitest';
import { linkTo, linuxLine, serverOf } from './package-line.ts';

const NAME = 'keyrack-agent-0.1.0-linux-x64.tar.xz';
const offered = { name: NAME, sha256: 'ab'.repeat(32), path: `/downloads/${NAME}` };
const command = (address: string) => `npx keyrack agent --server ${address} --pair 7KQ4M2XD --pcsc`;

test.each([
  ['wss://keys.hotel.example/agent', 'https://keys.hotel.example'],
  ['ws://10.0.0.5:8080/agent', 'http://10.0.0.5:8080'],
  ['"ws://[::1]:8080/agent"', 'http://[::1]:8080'],
])('the server of %s is %s', (agents, server) => {
  expect(serverOf(command(agents))).toBe(server);
  expect(linkTo(offered, command(agents), 'a-b_c')).toBe(`${server}/downloads/${NAME}?link=a-b_c`);
});

test('one line gets, checks and unpacks a package, and pairs with it', () => {
  expect(linuxLine(offered, command('wss://keys.hotel.example/agent'), 'a-b_c')).toBe(
    `wget -c -O ${NAME} 'https://keys.hotel.example/downloads/${NAME}?link=a-b_c'; echo '${'ab'.repeat(32)}  ${NAME}' | sha256sum -c && tar -xf ${NAME} && cd keyrack-agent && ./keyrack agent --server wss://keys.hotel.example/agent --pair 7KQ4M2XD --pcsc`,
  );
});

test('a line that this console doesn’t know leads to no other', () => {
  expect(serverOf('keyrack something')).toBeNull();
  expect(linuxLine(offered, 'keyrack something', 'a')).toBeNull();
});
