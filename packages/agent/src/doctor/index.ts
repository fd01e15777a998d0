import { stat } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import type { ReaderList } from '../encoder/index.ts';
import type { NetworkRoute } from '../link/index.ts';
import { examineDisk, examineFolder, examineIdentity, examineInstance, examineJournal } from './examine-folder.ts';
import { examineReaders } from './examine-readers.ts';
import { examineClock, examineServer } from './examine-server.ts';
import type { Finding } from './finding.ts';

export type { Check, Finding } from './finding.ts';
export { groupsLetIn, readRights } from './windows-rights.ts';

export interface ExaminedDesk {
  readonly folder: string;
  /** Where its journal lies. */
  readonly journal: string;
  readonly enrolled: boolean;
  /** Null when nothing says which. */
  readonly server: string | null;
  readonly route: NetworkRoute;
  readonly readers: ReaderList | null;
  readonly clock: Clock;
}

/** Looks at everything that a front desk needs, without changing anything; an agent may be at work meanwhile. */
export async function examineDesk(desk: ExaminedDesk): Promise<Finding[]> {
  const { folder, server, route, clock } = desk;
  const nowhere: Finding = {
    check: 'server',
    found: 'none is named',
    todo: 'Name it with --server, or in agent.json.',
  };
  const itself = await examineFolder(folder);
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  return [
    itself,
    await examineIdentity(folder, desk.enrolled),
    ...(isThere ? [await examineJournal(desk.journal), await examineDisk(folder)] : []),
    ...(server === null
      ? [nowhere]
      : [await examineServer(server, route, clock), await examineClock(server, route, clock)]),
    ...examineReaders(desk.readers),
    ...(isThere ? [await examineInstance(folder)] : []),
  ];
}
