import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { closeAtOnce, createListener, listenAt } from '../listener/create-listener.ts';
import { FAULT_STATUS } from '../listener/last-answer.ts';
import { LISTENER_LIMITS, type ListenerLimits } from '../listener/limits.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import { writeAnswer } from '../runtime/write-answer.ts';
import { StoreError } from '../store/store.ts';
import { CommandError, type OperatorParts } from './command.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { newOperatorToken, removeOperatorFile, writeOperatorFile } from './operator-file.ts';

/** Rooms of a large property: some 100 bytes each. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Commands come from this computer, one for each `keyrack` that runs. */
const OPERATOR_LIMITS: ListenerLimits = {
  ...LISTENER_LIMITS,
  headersMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 5_000,
  connections: 64,
  spareConnections: 16,
  requestsAtOnce: 1,
  requestsHeld: 16,
  stop: { answeringMs: 0, othersMs: 0 },
};

/**
 * Takes the operator's commands on a loopback port of its own: whoever may read `operator.json` in the data folder may
 * give them. `POST /COMMAND` with a JSON body and the token; answers `{ "result": … }` or `{ "error": "…" }`.
 */
export async function startOperatorEndpoint(
  folder: string,
  parts: OperatorParts,
  log: ServerLog,
  failures: Pick<FailureLog, 'note'>,
  limits: Partial<ListenerLimits> = {},
): Promise<{ close(): Promise<void> }> {
  const token = newOperatorToken();
  const stopping = new AbortController();
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, parts, token).then(
      ({ status, body }) => {
        if (status === 401)
          failures.note(request.socket.remoteAddress ?? '', {}, "an operator's command had a wrong token");
        reply(response, status, body);
      },
      (error: unknown) => {
        // Whoever gave the command broke it off, and hears nothing any more.
        if (!request.complete) return void response.destroy();
        if (error instanceof StoreError)
          return reply(response, 503, { error: `The server's database failed: ${error.message}` });
        log.error({ err: error }, "an operator's command ended in an exception");
        reply(response, 500, { error: 'The command could not be carried out; see the log of the server.' });
      },
    );
  };
  const server = createListener(handle, {
    limits: { ...OPERATOR_LIMITS, ...limits },
    webSockets: null,
    log,
    stopping: stopping.signal,
    onTooMany() {},
    lastAnswer(fault, address, code) {
      failures.note(address, { fault, code }, "an operator's connection failed");
      const body = JSON.stringify({ error: 'This is no command of the operator; use the keyrack command.' });
      return writeAnswer(FAULT_STATUS[fault], { 'Content-Type': 'application/json' }, body);
    },
  });
  const { port } = await listenAt(server, { host: '127.0.0.1', port: 0 });
  const close = async () => {
    stopping.abort();
    await closeAtOnce(server);
  };
  try {
    await writeOperatorFile(folder, { port, token });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async close() {
      await close();
      // The next start writes it anew. Until then its port leads nowhere.
      await removeOperatorFile(folder).catch((error: unknown) =>
        log.error({ err: error }, 'the file of the operator could not be removed'),
      );
    },
  };
}

async function answer(
  request: IncomingMessage,
  parts: OperatorParts,
  token: string,
): Promise<{ status: number; body: unknown }> {
  const shown = Buffer.from(request.headers.authorization ?? '');
  const right = Buffer.from(`Bearer ${token}`);
  if (shown.length !== right.length || !timingSafeEqual(shown, right)) {
    return { status: 401, body: { error: 'Wrong token; use the keyrack command on the data folder of this server.' } };
  }
  const name = (request.url ?? '').slice(1);
  if (request.method !== 'POST' || !Object.hasOwn(COMMANDS, name)) {
    return { status: 404, body: { error: 'This server knows no such command; use the keyrack of the same version.' } };
  }
  const text = await readBody(request);
  if (text === null) return { status: 413, body: { error: 'The command is too long.' } };
  try {
    const result = await COMMANDS[name as CommandName].carryOut(JSON.parse(text), parts);
    return { status: 200, body: { result } };
  } catch (error) {
    if (error instanceof CommandError) return { status: 409, body: { error: error.message } };
    if (error instanceof ZodError || error instanceof SyntaxError) {
      const [issue] = error instanceof ZodError ? error.issues : [];
      const path = issue?.path.map(String) ?? [];
      const text = `The command has a wrong value: ${path.join('.') || 'the body'}.`;
      return { status: 400, body: { error: text, ...(issue && { wrong: { path, expected: issue.message } }) } };
    }
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The usual iterator would end the connection with the loop, and nobody would hear why.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
