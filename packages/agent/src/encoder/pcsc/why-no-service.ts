import { connect } from 'node:net';

/** Why PC/SC's service can't be used, as far as this computer tells. */
export type ServiceTrouble =
  /** It doesn't run. */
  | 'not-running'
  /** It runs, and this user may not use it. */
  | 'refused'
  /** It takes connections and ends them, so it refuses this user or ends at once. */
  | 'ends-at-once'
  /** It failed, and answers now. */
  | 'passing';

/** pcscd's socket. pcsc-lite's own library can be told of another by this variable. */
const SOCKET = '/run/pcscd/pcscd.comm';
export const SOCKET_VARIABLE = 'PCSCLITE_CSOCK_NAME';
/** pcsc-lite's winscard_msg.h: size and command (17, version), then version 4.4 and room for the result. */
const ASK_VERSION = new Uint8Array(Uint32Array.of(12, 17, 4, 4, 0).buffer);
/** Where the result stands in the answer, and how it says no (pcsclite.h). */
const ASK_RESULT_AT = 8;
const SECURITY_VIOLATION = 0x8010_006a;
/** pcscd answers within milliseconds, unless it looks at a card. */
const ANSWER_MS = 1_000;

export interface ServiceSystem {
  readonly platform: NodeJS.Platform;
  /** Where pcscd listens. */
  readonly socket: string;
  /** polkit refuses root nothing. */
  readonly isRoot: boolean;
}

export function thisSystem(env: Readonly<Record<string, string | undefined>>): ServiceSystem {
  return { platform: process.platform, socket: env[SOCKET_VARIABLE] ?? SOCKET, isRoot: process.getuid?.() === 0 };
}

/** @param code what PC/SC said: a name of `native/return-codes.ts` */
export async function whyNoService(code: string, system: ServiceSystem): Promise<ServiceTrouble> {
  if (system.platform !== 'linux') return code === 'SecurityViolation' ? 'refused' : 'not-running';
  // pcsc-lite's library names a refusal where the service just ended, and an end where it refused.
  switch (await knock(system.socket)) {
    case 'answers':
      return 'passing';
    case 'refuses':
      return 'refused';
    case 'closes':
      return system.isRoot ? 'ends-at-once' : 'refused';
    case 'EACCES':
    case 'EPERM':
      return 'refused';
    default:
      return 'not-running';
  }
}

/** What it means and what to do, for people. */
export function serviceText(trouble: ServiceTrouble, code: string, { platform }: ServiceSystem): string {
  const todo = TEXTS[platform === 'linux' ? 'linux' : platform === 'win32' ? 'windows' : 'other'][trouble];
  return `${todo} (${code}).`;
}

/** Why the service can't be used, and the sentence that says so and what to do. */
export interface ExplainedTrouble {
  readonly trouble: ServiceTrouble;
  readonly text: string;
}

/** The same for this computer, looked up now. */
export async function explainService(code: string): Promise<ExplainedTrouble> {
  const system = thisSystem(process.env);
  const trouble = await whyNoService(code, system);
  return { trouble, text: serviceText(trouble, code, system) };
}

const PASSING = 'the PC/SC service failed and answers again; the agent goes on by itself';
const TEXTS = {
  linux: {
    'not-running': 'the PC/SC service is not running; start it with `systemctl enable --now pcscd.socket`',
    refused:
      "the PC/SC service runs and refuses this user; allow it in polkit, as docs/desk-pc.md shows, or use the computer's own screen",
    'ends-at-once': 'the PC/SC service takes connections and ends at once; see `journalctl -u pcscd` for why',
    passing: PASSING,
  },
  windows: {
    'not-running':
      "Windows' Smart Card service is not running; plug a reader in, which starts it, or start SCardSvr in services.msc",
    refused:
      "Windows' Smart Card service refuses this user; run the agent as the person at the desk, or as a service of its own",
    'ends-at-once': "Windows' Smart Card service ends at once; see Windows' event log for SCardSvr",
    passing: PASSING,
  },
  other: {
    'not-running': "the system's PC/SC service does not answer; plug the reader in anew, or restart the computer",
    refused: "the system's PC/SC service refuses this user; run the agent as the person at the desk",
    'ends-at-once': "the system's PC/SC service ends at once; restart the computer",
    passing: PASSING,
  },
} as const satisfies Record<string, Record<ServiceTrouble, string>>;

/** What becomes of a connection that asks for the service's version: an answer, an end, or the system's error. */
function knock(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (what: string) => {
      clearTimeout(timer);
      resolve(what);
      socket.destroy();
    };
    // Held up while it looks at a card: it is there, and has not refused.
    const timer = setTimeout(() => end('answers'), ANSWER_MS);
    socket.on('connect', () => socket.write(ASK_VERSION));
    socket.once('data', (answer) => {
      const refused = answer.length >= ASK_RESULT_AT + 4 && answer.readUInt32LE(ASK_RESULT_AT) === SECURITY_VIOLATION;
      end(refused ? 'refuses' : 'answers');
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'EPIPE' || error.code === 'ECONNRESET' ? 'closes' : (error.code ?? '')),
    );
    socket.on('close', () => end('closes'));
  });
}
