import type { Mac, SandboxAnswer, SandboxCommand } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import type { Run } from '../../runtime/runner.ts';
import type { HandlerParts } from '../parts.ts';
import { ProblemError, type ProblemName, refusedBy } from '../problems.ts';

/** What any of these endpoints may answer with beside what it is for. */
export const SANDBOX_PROBLEMS = [
  'refused',
  'not-simulated',
  'sandbox-refused',
] as const satisfies readonly ProblemName[];

type Done = Extract<SandboxAnswer, { verdict: 'done' }>;

const WHY = {
  'uses-readers':
    'This front desk uses card readers, and takes nothing of the sandbox; name an encoder of another one.',
  'card-unknown': 'There is no card with this serial in the box of this front desk; make it first.',
  'other-chip': 'There is a card with this serial, of another kind; choose another serial.',
  'box-full': 'There are 1,000 cards in the box of this front desk; lay one of those down.',
  'needs-issued-card': 'This failure is made of an issued card; issue one, and leave it on the encoder.',
} as const;

/** What the encoder shows; nothing is changed. */
export async function lookInto(
  { read, sandbox }: Pick<HandlerParts, 'read' | 'sandbox'>,
  propertyId: string,
  id: number,
  command: Extract<SandboxCommand, { do: 'look' | 'list-cards' }>,
): Promise<Done> {
  const encoder = await read('findEncoder', { propertyId, id });
  if (encoder === null) throw new ProblemError('not-found');
  if (!encoder.simulated) throw new ProblemError('not-simulated');
  const reply = await sandbox.askSandbox(propertyId, encoder.mac, command);
  return doneOr(reply.verdict === 'left' ? { verdict: 'away' } : reply, 'unavailable');
}

/** Has the encoder do something, once that is recorded. A repeat asks for the same again, which changes nothing more. */
export async function drive(
  {
    property,
    params,
    doer,
    now,
    change,
    parts,
  }: {
    readonly property: { readonly id: string };
    readonly params: { readonly encoder: number };
    readonly doer: Doer;
    readonly now: number;
    readonly change: Run;
    readonly parts: Pick<HandlerParts, 'sandbox'>;
  },
  command: SandboxCommand,
): Promise<{ readonly done: Done; readonly command: SandboxCommand; readonly encoder: Mac }> {
  const noted = await change('noteSandbox', { propertyId: property.id, id: params.encoder, command, doer, now });
  if (noted.verdict !== 'noted') throw new ProblemError(noted.verdict);
  const { encoder, command: recorded } = noted;
  const reply = await parts.sandbox.askSandbox(property.id, encoder, recorded);
  return { done: doneOr(reply, 'outcome-unknown'), command: recorded, encoder };
}

function doneOr(reply: Awaited<ReturnType<HandlerParts['sandbox']['askSandbox']>>, late: ProblemName): Done {
  switch (reply.verdict) {
    case 'done':
      return reply;
    case 'away':
      throw refusedBy({ cause: 'encoder-offline' });
    case 'disputed':
      throw refusedBy({ cause: 'encoder-disputed' });
    case 'busy':
      throw new ProblemError('unavailable', { headers: { 'retry-after': '5' } });
    case 'late':
    case 'left':
      throw new ProblemError(late, { headers: { 'retry-after': '5' } });
    case 'not-simulated':
      throw new ProblemError('not-simulated');
    default:
      throw new ProblemError('sandbox-refused', { detail: WHY[reply.verdict] });
  }
}
