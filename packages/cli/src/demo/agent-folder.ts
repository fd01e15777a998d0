import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskCardBox, preparedCard, writeDoors } from '@keyrack/agent';
import type { DemoDesk } from '@keyrack/server/demo/demo-world.ts';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { AGENT_FILE } from '../agent-settings.ts';
import { CommandFailure } from '../exit.ts';

/** Whether the folder of the demonstration's agent is there, as the first start made it. */
export function hasAgentFolder(folder: string): boolean {
  return existsSync(join(folder, AGENT_FILE));
}

/**
 * Makes the folder of the demonstration's agent: its settings, and the cards of its desk. One that an earlier
 * demonstration left without its database goes: its keys fit nothing any more.
 */
export function makeAgentFolder(folder: string, desk: DemoDesk): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!hasAgentFolder(folder)) throw new CommandFailure(`${folder} isn't the demonstration's; move it away first.`);
    rmSync(folder, { recursive: true });
  }
  makeFolder(folder);
  const box = diskCardBox(join(folder, 'cards'));
  for (const { serial, chip, content, key, lyingOn } of desk.plastics) {
    const card = preparedCard(serial, chip, content, key);
    card.lyingOn = lyingOn;
    box.keep(card);
  }
  writeDoors(folder, desk.doors);
  const settings = {
    version: 1,
    id: desk.agentId,
    token: desk.token,
    encoders: desk.encoders,
    // So that card types 2 and 3, which go to the encoder of whoever is signed in, can be tried at once.
    signIn: {
      areaCode: PUBLISHED.areaCode,
      mobile: PUBLISHED.mobile,
      email: '',
      passwordMd5: PUBLISHED.passwordMd5,
    },
  };
  // Last: what lacks it isn't the demonstration's.
  writeFileSync(join(folder, AGENT_FILE), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
}
