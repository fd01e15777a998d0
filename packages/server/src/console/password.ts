import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PASSWORD_LENGTH } from '../domain/limits.ts';
import type { DeskPort } from '../runtime/agent-port.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import type { Clock } from '../runtime/clock.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import { hashPassword, hashPersonPassword, type Passwords } from '../runtime/password.ts';
import type { Read, Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import { chooseLanguage, type Language } from './language.ts';
import {
  PASSWORD_HEADERS,
  PASSWORD_PATH,
  type PasswordView,
  passwordDonePage,
  passwordFormPage,
} from './password-page.ts';
import type { PasswordProblem } from './password-texts.ts';

export interface PasswordPageParts {
  readonly run: Run;
  readonly read: Read;
  readonly passwords: Passwords;
  readonly clock: Pick<Clock, 'now'>;
  readonly desks: DeskPort;
  readonly failures: Pick<FailureLog, 'note'>;
  readonly addressOf: AddressOf;
  readonly log: ServerLog;
}

/**
 * The page that a link of `createPasswordLink` opens: whoever has the link sets the member's password there, once. `showsForm`: false where
 * the console's own page is at this address, and shows the form where it isn't built.
 */
export function addPasswordPage(app: FastifyInstance, parts: PasswordPageParts, showsForm: boolean): void {
  if (showsForm) app.get(PASSWORD_PATH, async (request, reply) => showPasswordForm(request, reply));
  app.post(PASSWORD_PATH, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    return setPassword(parts, new URLSearchParams(body), request, reply);
  });
}

export function showPasswordForm(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer(reply, 200, passwordFormPage({ language: languageOf(request), token: '', problem: null }));
}

async function setPassword(
  { run, read, passwords, clock, desks, failures, addressOf, log }: PasswordPageParts,
  sent: URLSearchParams,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const language = languageOf(request);
  const token = (sent.get('token') ?? '').trim().replace(/^.*#/, '');
  const again = (status: number, problem: PasswordView['problem']) =>
    answer(reply, status, passwordFormPage({ language, token, problem }));
  const from = addressOf(request.raw);
  const refuse = () => {
    failures.note(from, { request: request.id }, 'the page for passwords got a link that is not valid');
    return again(403, 'wrong-code');
  };
  try {
    // Before anything else: whoever has no link learns nothing, and costs no hashing.
    const link = await read('findLink', { token, now: clock.now() });
    if (link === null) return refuse();
    const password = sent.get('password') ?? '';
    const problem = problemOf(password, sent.get('passwordAgain') ?? '');
    if (problem !== null) return again(422, problem);
    const hash = link.use.to === 'set-person-password' ? hashPersonPassword : hashPassword;
    const passwordHash = await hash(passwords, password);
    const set = await run('usePasswordLink', { token, passwordHash, from, now: clock.now() });
    if (set.verdict !== 'set') return refuse();
    desks.tellSignedOut(set.signedOut);
    log.info({ request: request.id }, 'a password was set by a link');
    return answer(reply, 200, passwordDonePage(language));
  } catch (error) {
    if (error instanceof StoreError) return again(503, 'busy');
    throw error;
  }
}

function problemOf(password: string, again: string): PasswordProblem | null {
  if (password.length < PASSWORD_LENGTH.least) return 'password-short';
  if (password.length > PASSWORD_LENGTH.most) return 'password-long';
  return password === again ? null : 'passwords-differ';
}

function answer(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).headers(PASSWORD_HEADERS).send(html);
}

function languageOf(request: FastifyRequest): Language {
  const { lang } = request.query as { lang?: unknown };
  return chooseLanguage(typeof lang === 'string' ? lang : null, request.headers['accept-language']);
}
