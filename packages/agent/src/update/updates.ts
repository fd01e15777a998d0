import type { OfferedArchive } from '@keyrack/protocol';
import type { MinisignPublicKey } from '@keyrack/protocol/minisign.ts';
import type { Clock, Timer } from '../clock.ts';
import type { DeskAgent } from '../desk/index.ts';
import type { NetworkRoute } from '../link/index.ts';
import type { AgentLog } from '../log.ts';
import type { Randomness } from '../randomness.ts';
import { isNewer, versionOfArchive } from './judge-offer.ts';
import { prepareUpdate } from './prepare-update.ts';
import type { ProgramFolder } from './program-folder.ts';
import { type UpdateCause, UpdateFailure } from './update-failure.ts';
import { keepAutomatic, type LastUpdate, readLastUpdate } from './update-record.ts';

/** Why an update came to nothing, or can't be: a code that a translation goes by, and the sentence in English. */
export interface UpdateTrouble {
  readonly cause: UpdateCause;
  readonly message: string;
}

/** What the page and the command show. */
export interface UpdatesState {
  /** The version that runs. */
  readonly version: string;
  /** Why this program never updates itself; null where it can. */
  readonly unable: UpdateTrouble | null;
  readonly automatic: boolean;
  readonly doing: 'nothing' | 'asking' | 'downloading' | 'unpacking' | 'waiting' | 'changing-over';
  /** The newest version that the server offered when it was asked last, where it is newer than this one. */
  readonly offered: string | null;
  /** Why the last attempt of this process came to nothing. */
  readonly trouble: UpdateTrouble | null;
  /** What became of the last version that was tried. */
  readonly last: LastUpdate | null;
}

export interface Updates {
  state(): UpdatesState;
  onChange(listener: () => void): () => void;
  /** Asks the server what it offers. */
  look(): void;
  /** Takes what the server offers, and changes over to it. What becomes of it is told by `state`. */
  begin(): void;
  /** @throws the system's error where the choice can't be kept */
  setAutomatic(automatic: boolean): void;
  stop(): void;
}

/** A program that can update itself. */
export interface Updatable {
  readonly folder: ProgramFolder;
  readonly key: MinisignPublicKey;
  /** Asks whoever started this process to start that version in its place. Rejects with an UpdateFailure where it won't. */
  readonly changeOver: (version: string) => Promise<never>;
}

export interface UpdatesParts {
  readonly own: string;
  readonly system: string;
  readonly program: Updatable | { readonly unable: UpdateTrouble };
  /** The agent's data folder, which holds what was chosen. */
  readonly data: string;
  readonly automatic: boolean;
  readonly last: LastUpdate | null;
  readonly server: string;
  readonly route: NetworkRoute;
}

/** How often an agent that updates itself looks for a new version, and how soon after its start: spread, so that not all come at once. */
export const LOOK_MS = { first: 10 * 60_000, again: 6 * 60 * 60_000 } as const;

/** After it connected, it was noted by then that this version is kept. Milliseconds. */
const NOTED_MS = 3_000;

export function startUpdates(
  parts: UpdatesParts & {
    readonly desk: Pick<DeskAgent, 'askOffer' | 'tellUpdateFailed' | 'state' | 'onChange'>;
    readonly clock: Clock;
    readonly random: Pick<Randomness, 'fraction'>;
    readonly log: AgentLog;
  },
): Updates {
  const { own, system, program, desk, clock, random, log } = parts;
  let { last } = parts;
  const listeners = new Set<() => void>();
  let { automatic } = parts;
  let doing: UpdatesState['doing'] = 'nothing';
  let offered: string | null = null;
  let trouble: UpdateTrouble | null = null;
  let timer: Timer | null = null;
  let stopped = false;
  let noted: Timer | null = null;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const step = (next: UpdatesState['doing']) => {
    doing = next;
    changed();
  };

  if (last?.outcome === 'done' && last.to === own) log.info({ from: last.from, to: last.to }, 'updated');
  if (last?.outcome === 'failed') {
    const { to: version, cause, why } = last;
    const told = { version, cause: cause ?? 'failed', why: (why ?? 'It came to nothing.').slice(0, 300) };
    log.error(told, 'an update came to nothing; the version before runs');
    desk.tellUpdateFailed(told);
  }

  if (last?.outcome === 'trial') {
    // Who tries this version notes so once it is connected, and tells nobody.
    const stopListening = desk.onChange(() => {
      if (desk.state().connection.status !== 'online') return;
      stopListening();
      if (!stopped) noted = clock.setTimeout(() => void lookAtRecord(), NOTED_MS);
    });
  }
  async function lookAtRecord(): Promise<void> {
    last = await readLastUpdate(parts.data);
    changed();
  }

  /** What is offered, where it is newer. Throws an UpdateFailure. */
  async function ask(): Promise<OfferedArchive> {
    const archive = await desk.askOffer(system);
    if (archive === null) throw new UpdateFailure('server-offers-none', `The server offers no version for ${system}.`);
    const version = versionOfArchive(archive.name, system);
    offered = version !== null && isNewer(version, own) ? version : null;
    return archive;
  }

  async function work(toDo: (program: Updatable) => Promise<void>): Promise<void> {
    if (doing !== 'nothing' || stopped) return;
    if ('unable' in program) {
      trouble = program.unable;
      return changed();
    }
    trouble = null;
    step('asking');
    try {
      await toDo(program);
    } catch (error) {
      if (!(error instanceof UpdateFailure)) log.error({ err: error }, 'the update failed unexpectedly');
      trouble =
        error instanceof UpdateFailure
          ? { cause: error.cause, message: error.message }
          : { cause: 'failed', message: "The update failed unexpectedly; the agent's log says why." };
      if (trouble.cause !== 'not-newer') log.warn({ cause: trouble.cause, why: trouble.message }, 'no update');
    }
    step('nothing');
  }

  async function take(
    { folder, key, changeOver }: Updatable,
    archive: OfferedArchive,
    isAsked: boolean,
  ): Promise<void> {
    const { server, route } = parts;
    const version = await prepareUpdate(archive, { folder, key, own, system, server, route, onStep: step });
    log.info({ from: own, to: version }, 'a new version is there');
    if (!isAsked) {
      step('waiting');
      await untilIdle();
    }
    if (stopped) return;
    step('changing-over');
    await changeOver(version);
  }

  /** Nobody is kept waiting for an update that nobody asked for. */
  function untilIdle(): Promise<void> {
    const isIdle = () =>
      desk.state().encoders.every(({ prompt, condition }) => prompt === null && condition !== 'working');
    if (isIdle()) return Promise.resolve();
    return new Promise((resolve) => {
      const stopListening = desk.onChange(() => {
        if (!isIdle() && !stopped) return;
        stopListening();
        resolve();
      });
    });
  }

  function lookLater(ms: number): void {
    if (timer !== null) clock.clearTimeout(timer);
    timer = automatic && !stopped && !('unable' in program) ? clock.setTimeout(byItself, ms) : null;
  }

  function byItself(): void {
    lookLater(LOOK_MS.again * (0.5 + random.fraction()));
    void work(async (updatable) => {
      const archive = await ask();
      if (offered === null) return;
      // It was tried once: only a person tries it again.
      if (last?.outcome === 'failed' && last.to === offered) return;
      await take(updatable, archive, false);
    });
  }

  lookLater(LOOK_MS.first * random.fraction());
  return {
    state: () => ({
      version: own,
      unable: 'unable' in program ? program.unable : null,
      automatic,
      doing,
      offered,
      trouble,
      last,
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look: () => void work(async () => void (await ask())),
    begin: () => void work(async (updatable) => take(updatable, await ask(), true)),
    setAutomatic: (chosen) => {
      keepAutomatic(parts.data, chosen);
      automatic = chosen;
      lookLater(LOOK_MS.first * random.fraction());
      changed();
    },
    stop: () => {
      stopped = true;
      if (noted !== null) clock.clearTimeout(noted);
      lookLater(0);
      changed();
    },
  };
}
