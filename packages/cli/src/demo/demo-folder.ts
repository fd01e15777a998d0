import { join } from 'node:path';

/** Where the demonstration's data is, unless KEYRACK_DATA says otherwise. */
export const DEMO_FOLDER = './data/demo';

/** Where that of its agent is. */
export function agentFolder(dataFolder: string): string {
  return join(dataFolder, 'agent');
}
