import {
  askUpdates,
  ControlError,
  isNewer,
  readLastUpdate,
  type UpdateCommand,
  type UpdatesState,
} from '@keyrack/agent';
import { Command, Option } from 'commander';
import { actAsOwner } from './act-as-owner.ts';
import { whyNever } from './agent-updatable.ts';
import { CommandFailure } from './exit.ts';
import { INSTALLATION } from './installation.ts';
import type { Terminal } from './terminal.ts';

interface UpdateFlags {
  readonly data: string;
  readonly check?: true;
  readonly automatic?: 'on' | 'off';
  readonly json?: true;
}

/** Between two looks at how far it is. Milliseconds. */
const LOOK_MS = 250;
/** How long nobody may answer while one version takes the other's place: its trial, twice over. Milliseconds. */
const AWAY_MS = 150_000;

const DOING: Readonly<Record<UpdatesState['doing'], string>> = {
  nothing: '',
  asking: 'Asking the server what it offers …',
  downloading: 'Downloading …',
  unpacking: 'Unpacking …',
  waiting: 'Waiting until no card is asked for …',
  'changing-over': 'Changing over: the old version ends what it writes, and the new one connects …',
};

/** `keyrack agent update`: has the running agent take the version that its server offers. */
export function updateCommand(terminal: Terminal): Command {
  return new Command('update')
    .description(
      'Update the running agent to the version that its server offers. The old one runs on where the new one does not connect.',
    )
    .option('--check', 'say what the server offers, and change nothing')
    .addOption(new Option('--automatic <choice>', 'whether the agent updates by itself').choices(['on', 'off']))
    .option('--json', 'print how its updates stand as JSON, for scripts')
    .addHelpText('after', '\nTakes --data like `keyrack agent`. docs/updates.md tells what is checked.')
    .action((_flags: object, command: Command) => update(command.optsWithGlobals<UpdateFlags>(), terminal));
}

async function update({ data, check, automatic, json }: UpdateFlags, { out, progress }: Terminal): Promise<void> {
  const never = await whyNever(INSTALLATION);
  // Where the program's folder is the agent's user's alone, the agent itself says whether it can.
  if (never !== null && never.cause !== 'folder-not-writable') throw new CommandFailure(never.message);
  actAsOwner(data);
  const ask = (command: UpdateCommand) => askUpdates(data, command);
  const answer = (state: UpdatesState, text: string) => out(json ? JSON.stringify(state, null, 2) : text);
  const before = await ask({ command: 'state' });
  if (before.unable !== null) throw new CommandFailure(before.unable.message);
  if (automatic !== undefined) {
    const state = await ask({ command: 'automatic', on: automatic === 'on' });
    return answer(
      state,
      state.automatic ? 'The agent updates by itself.' : 'The agent updates only when somebody asks.',
    );
  }
  if (check) {
    const state = await whenStill(ask, await ask({ command: 'look' }));
    if (state.trouble !== null) throw new CommandFailure(state.trouble.message);
    const { version, offered } = state;
    return answer(
      state,
      offered === null
        ? `Version ${version} is the newest that the server offers.`
        : `Version ${offered} is offered; ${version} runs.`,
    );
  }
  if (before.doing !== 'nothing') throw new CommandFailure('An update is under way already. Wait until it is over.');
  const state = await whenOver(data, ask, before, await ask({ command: 'begin' }), (text) => progress?.(text));
  progress?.('');
  if (isNewer(state.version, before.version))
    return answer(state, `Updated from ${before.version} to ${state.version}.`);
  if (state.trouble?.cause === 'not-newer')
    return answer(state, `Version ${state.version} is the newest that the server offers.`);
  if (state.trouble !== null) throw new CommandFailure(state.trouble.message);
  throw new CommandFailure(`${state.last?.why ?? 'The update came to nothing.'} Version ${state.version} runs on.`);
}

type Ask = (command: UpdateCommand) => Promise<UpdatesState>;

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

async function whenStill(ask: Ask, first: UpdatesState): Promise<UpdatesState> {
  let state = first;
  while (state.doing !== 'nothing') {
    await pause();
    state = await ask({ command: 'state' });
  }
  return state;
}

/** Follows an update until one of both versions runs and does nothing more. */
async function whenOver(
  data: string,
  ask: Ask,
  before: UpdatesState,
  first: UpdatesState,
  show: (text: string) => void,
): Promise<UpdatesState> {
  let state: UpdatesState = first;
  let heard = performance.now();
  for (;;) {
    show(DOING[state.doing]);
    if (state.doing === 'nothing') {
      // The new one may be heard while it is still tried. Its supervisor notes how that ended, and tells nobody else.
      const last = await readLastUpdate(data);
      const isTried = (last?.at ?? 0) > (before.last?.at ?? 0) && last?.outcome !== 'trial';
      if (state.trouble !== null || isTried) return { ...state, last };
    }
    await pause();
    try {
      state = await ask({ command: 'state' });
      heard = performance.now();
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      if (performance.now() - heard > AWAY_MS)
        throw new CommandFailure("The agent doesn't answer since it changed over. See its log, and whether it runs.");
    }
  }
}
