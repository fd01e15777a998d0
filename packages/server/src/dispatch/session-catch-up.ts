import type { AgentMessage, Mac } from '@keyrack/protocol';
import type { CalledEncoder, Dispute } from '../queries/encoder-claims.ts';
import type { SessionParts } from './agent-session.ts';
import type { SessionConnection } from './session-connection.ts';
import { recordAllButLast, type SessionRecordParts } from './session-records.ts';
import type { SessionSignIns } from './session-sign-ins.ts';

type CatchUpParts = SessionRecordParts & Pick<SessionParts, 'onOwners' | 'isPastEpoch'>;

/** What an agent that has caught up has to know about its encoders. */
export interface Welcome {
  readonly liftedElsewhere: readonly Mac[];
  readonly disputes: readonly Dispute[];
  readonly called: readonly CalledEncoder[];
}

/** Records a part of a journal that is too long for one message, and asks for the next from there on. */
export async function takePartOfJournal(
  parts: SessionRecordParts,
  connection: SessionConnection,
  { records, unfinished, inProgress }: Extract<AgentMessage, { type: 'records' }>,
): Promise<void> {
  const state = connection.state();
  if (state.name !== 'greeted') return;
  const { ref, greeting } = state;
  const catchUp = { greeting, inProgress };
  const rest = await recordAllButLast(parts, connection, records, ref, catchUp, new Set(unfinished));
  if (rest === null || connection.isOver()) return;
  const next = rest[0]?.number ?? Number.POSITIVE_INFINITY;
  const last = records.findLast(({ number }) => number < next);
  const position = last === undefined ? state.position : { number: last.number, hash: last.hash };
  connection.enter({ ...state, position });
  parts.log.step('part', { ...connection.who(), records: records.length, position: position.number });
  connection.send({ type: 'cursor', session: ref.session, position });
}

/**
 * Records the end of a journal, decides what became of writes without a result, and welcomes the agent. `onWelcome` is
 * called in the turn in which the epoch is checked: else a restore noticed in between would pass this session by.
 */
export async function takeCatchUp(
  parts: CatchUpParts,
  connection: SessionConnection,
  isStillIn: SessionSignIns['isStillIn'],
  message: Extract<AgentMessage, { type: 'catch-up' }>,
  onWelcome: (welcome: Welcome) => void,
): Promise<void> {
  const state = connection.state();
  if (state.name !== 'greeted') return;
  const { agent, ref, greeting } = state;
  const { inProgress, lifted = [] } = message;
  const records = await recordAllButLast(parts, connection, message.records, ref, { greeting, inProgress });
  if (records === null) return;
  const now = parts.clock.now();
  const result = await parts.run('catchUp', { ...ref, greeting, records, inProgress, lifted, now });
  if (result.verdict === 'fenced') return connection.end('replaced');
  parts.onEpoch(result.epoch);
  parts.onOwners(result.encoders);
  if (result.verdict === 'not-yet') return connection.end('not-yet');
  if (result.verdict === 'suspended') return connection.end('agent-suspended');
  if (result.verdict === 'replace') {
    connection.send({ type: 'replace-journal' });
    return;
  }
  const signedIn = result.signedIn !== null && (await isStillIn(ref)) ? { name: result.signedIn } : null;
  // After a restore that was noticed meanwhile, the held operations wait for this agent to catch up once more.
  if (parts.isPastEpoch(result.epoch)) return connection.end('database-restored');
  if (connection.isOver()) return;
  connection.enter({ name: 'welcomed', agent, ref, instance: greeting.instance, epoch: result.epoch });
  const { number } = result.position;
  parts.log.step('welcome', { ...connection.who(), records: message.records.length, position: number });
  connection.send({ type: 'acknowledge', position: result.position });
  connection.send({ type: 'welcome', session: ref.session, signedIn });
  onWelcome(result);
}
