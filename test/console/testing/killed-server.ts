import { type Running, run } from '../../world/processes.ts';
import { builtConsole } from './built-console.ts';
import type { ConsoleHouse } from './open-console.ts';

/**
 * Lets a process of its own be the server of a house, on the same port and with the same data, since only such a one can be killed.
 * Whoever kills it has the server of before back afterwards.
 */
export async function inOwnProcess(house: ConsoleHouse, journey: (server: Running) => Promise<void>): Promise<void> {
  const { property } = house;
  const console = await builtConsole();
  await property.restart(async () => {
    const server = run('server-main.ts', {
      CONSOLE: console,
      KEYRACK_METRICS: '127.0.0.1:0',
      PORT: new URL(property.url).port,
      KEYRACK_DATA: property.folders.server,
      KEYRACK_MASTER_KEY: property.masterKey,
      KEYRACK_CARD_WAIT_SECONDS: '60',
      KEYRACK_ANSWER_WAIT_SECONDS: '65',
    });
    try {
      await server.ready;
      await journey(server);
    } finally {
      await server.kill();
    }
  });
}
