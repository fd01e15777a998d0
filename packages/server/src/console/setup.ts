import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timeZoneChoices } from '../domain/time-zones.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import type { Clock } from '../runtime/clock.ts';
import { agentsOfPage, deskCommand, isPlainForOthers, type PageOpened, quoted } from '../runtime/desk-command.ts';
import { drawPairingCode } from '../runtime/draw-pairing-code.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import type { Passwords } from '../runtime/password.ts';
import type { Read, Run } from '../runtime/runner.ts';
import type { Sealer } from '../runtime/sealed-secret.ts';
import { firstProperty } from './first-property.ts';
import { checkSetupForm } from './setup-form.ts';
import { SETUP_HEADERS, setupDonePage, setupFormPage, setupOverPage } from './setup-page.ts';
import { chooseLanguage, type Language } from './setup-texts.ts';

export interface SetupParts {
  readonly run: Run;
  readonly read: Read;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  /** The address that people are shown; null where nobody told it. */
  readonly publicUrl: string | null;
  /** For the command that makes another pairing code. An absolute path. */
  readonly dataFolder: string;
  readonly failures: Pick<FailureLog, 'note'>;
  readonly addressOf: AddressOf;
  readonly log: ServerLog;
}

const SETUP_PATH = '/setup';

/**
 * Offers the set-up page of an empty database at `/setup`, to whoever has the token that this answers: 32 random bytes
 * as base64url, good for one use, and until the next start. Null, and no page, when there is a property already.
 */
export async function offerSetupPage(app: FastifyInstance, parts: SetupParts): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = hash(token);
  if (!(await parts.run('offerSetUp', { tokenHash }))) return null;
  app.get(SETUP_PATH, async (request, reply) => {
    const language = languageOf(request);
    if ((await parts.read('databaseUse', {})) !== 'empty') return answer(reply, 410, setupOverPage(language));
    const zones = timeZoneChoices(parts.clock.now());
    return answer(reply, 200, setupFormPage({ language, zones, values: {}, problems: {}, wrongToken: false }));
  });
  app.post(SETUP_PATH, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    return setUp(parts, tokenHash, new URLSearchParams(body), request, reply);
  });
  return token;
}

async function setUp(
  parts: SetupParts,
  tokenHash: string,
  sent: URLSearchParams,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const language = languageOf(request);
  const { password: _password, passwordAgain: _again, ...values } = Object.fromEntries(sent);
  const again = (view: { problems: Parameters<typeof setupFormPage>[0]['problems']; wrongToken: boolean }) =>
    setupFormPage({ language, zones: timeZoneChoices(parts.clock.now()), values, ...view });
  const refuseToken = () => {
    parts.failures.note(parts.addressOf(request.raw), { request: request.id }, 'the set-up page got a wrong token');
    return answer(reply, 403, again({ problems: {}, wrongToken: true }));
  };
  // Before anything else: whoever has no token learns nothing, and costs no hashing.
  if (!timingSafeEqual(Buffer.from(hash((sent.get('token') ?? '').trim())), Buffer.from(tokenHash))) {
    return refuseToken();
  }
  const checked = checkSetupForm(sent);
  if (!checked.ok) return answer(reply, 422, again({ problems: checked.problems, wrongToken: false }));
  const { rows, credentials } = await firstProperty(checked.form, parts);
  const { propertyId } = credentials;
  const pairingCode = drawPairingCode();
  const verdict = await parts.run('setUp', { tokenHash, propertyId, rows, pairingCode, now: parts.clock.now() });
  switch (verdict) {
    case 'set-up-already':
      return answer(reply, 410, setupOverPage(language));
    case 'wrong-token':
      return refuseToken();
    case 'done': {
      parts.log.info({ request: request.id, propertyId }, 'set up');
      const agents = agentsOfPage(parts.publicUrl, openedBy(request, sent));
      const view = {
        language,
        ...credentials,
        pairingCode,
        deskCommand: deskCommand(agents, pairingCode),
        needsTls: isPlainForOthers(agents),
        pairCommand: `npx keyrack agents pair --property ${checked.form.propertyNumber} --data ${quoted(parts.dataFolder)}`,
      };
      return answer(reply, 200, setupDonePage(view));
    }
  }
}

function answer(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).headers(SETUP_HEADERS).send(html);
}

function languageOf(request: FastifyRequest): Language {
  const { lang } = request.query as { lang?: unknown };
  return chooseLanguage(typeof lang === 'string' ? lang : null, request.headers['accept-language']);
}

/** The form's script puts the page's own origin into a field of it. */
function openedBy({ headers }: FastifyRequest, sent: URLSearchParams): PageOpened {
  const forwardedProto = headers['x-forwarded-proto'];
  return { origin: sent.get('opened'), host: headers.host, forwardedProto: forwardedProto?.toString() };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
