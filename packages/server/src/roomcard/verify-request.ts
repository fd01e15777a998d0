import { type SignatureAEndpoint, verifyA, verifyB } from '@keyrack/protocol';
import { explain } from '../domain/causes.ts';
import type { CardRequests, VerifiedAccount } from '../requests/answers.ts';
import { FailedRequest, type Handled, type Reply, type RoomCardRequest } from './exchange.ts';
import { type Checked, checkQuerySig } from './fields.ts';
import { type Form, readForm, readQuery } from './form.ts';
import { replyForm, replyParameter, replyStatus } from './reply.ts';

/** Stands in for the authToken of an account that doesn't exist, so that the work is the same; as long as real ones. */
const NOBODYS_TOKEN = '0'.repeat(30);

/** Only wrong signatures meet it, so that nobody is kept out by what others send in their account's name. */
const TOO_MANY_SIGNATURES: Reply = {
  ...replyStatus('too-many-failures'),
  message: explain('too-many-signatures'),
  cause: 'too-many-signatures',
};

/**
 * How far a request's time stamp may be from the server's clock, either way (docs/room-card-api.md, "Signature B").
 * Milliseconds.
 */
const TIMESTAMP_TOLERANCE_MS = 5 * 60_000;

/** What every request claims before its signature is checked. */
interface Claim {
  readonly accountSid: string;
  readonly communityNo: string;
}

/** The part after the signature. */
export type AnswerFor<Fields> = (account: VerifiedAccount, fields: Fields) => Promise<Reply>;

/**
 * Parses a request and verifies its signature A. Only then `answer` is asked.
 *
 * The order tells whoever can't sign nothing about what exists: first what is wrong with the request itself, then one
 * answer for an unknown account and a wrong signature. What concerns an account is told to that account alone, and what
 * a property holds to its own members.
 */
export function answerSignedA<Fields extends Claim & { readonly sig: string }>(
  endpoint: SignatureAEndpoint,
  parse: (form: Form) => Checked<Fields>,
  cardRequests: CardRequests,
  request: RoomCardRequest,
  answer: AnswerFor<Fields>,
): Promise<Handled> {
  return withForm(request, async (form) => {
    const fields = parse(form);
    if (!fields.ok) return refused(replyParameter(fields.error));
    const isRight = (token: string) => verifyA(endpoint, Object.fromEntries(form), token, fields.value.sig);
    return whenVerified(cardRequests, request, 'A', fields.value, isRight, answer);
  });
}

/** The same with signature B, which travels in the query string and covers every field of the body. */
export function answerSignedB<Fields extends Claim & { readonly timestamp: number }>(
  parse: (form: Form) => Checked<Fields>,
  cardRequests: CardRequests,
  request: RoomCardRequest,
  answer: AnswerFor<Fields>,
): Promise<Handled> {
  return withForm(request, async (form) => {
    const query = readQuery(request.query);
    if (!query.ok) return refused(replyForm(query));
    const sig = checkQuerySig(query.form);
    if (!sig.ok) return refused(replyParameter(sig.error));
    const fields = parse(form);
    if (!fields.ok) return refused(replyParameter(fields.error));
    const isRight = (token: string) => verifyB(Object.fromEntries(form), token, sig.value);
    return whenVerified(cardRequests, request, 'B', fields.value, isRight, async (account, value) => {
      const off = Math.abs(request.receivedAt - value.timestamp * 1000);
      return off > TIMESTAMP_TOLERANCE_MS ? replyStatus('stale') : answer(account, value);
    });
  });
}

type Unwarned = Omit<Handled, 'warning'>;

async function withForm(request: RoomCardRequest, then: (form: Form) => Promise<Unwarned>): Promise<Handled> {
  const read = readForm(request.contentType, request.body);
  if (!read.ok) return { ...refused(replyForm(read)), warning: null };
  // A request that carries the authToken is answered with a warning (docs/room-card-api.md, "Signature B"). With signature
  // A
  // the token is of no use either.
  const leaked = (read.form.get('authToken') ?? '') !== '';
  return { ...(await then(read.form)), warning: leaked ? 'authToken-in-body' : null };
}

async function whenVerified<Fields extends Claim>(
  cardRequests: CardRequests,
  request: RoomCardRequest,
  signature: 'A' | 'B',
  fields: Fields,
  isRight: (token: string) => boolean,
  answer: AnswerFor<Fields>,
): Promise<Unwarned> {
  const { accountSid, communityNo } = fields;
  const account = await cardRequests.findAccount(accountSid);
  // The token before still signs, until its time is over. Both are checked, so that the work tells nothing.
  const signedWith = (token: string | null | undefined) => isRight(token ?? NOBODYS_TOKEN) && typeof token === 'string';
  const rights = [signedWith(account?.token), signedWith(account?.previousToken)];
  const right = rights.includes(true);
  if (account === undefined || !right) {
    const tooMany = cardRequests.countWrongSignature(accountSid, request.address);
    return {
      asker: { accountSid, communityNo, verified: false },
      reply: tooMany ? TOO_MANY_SIGNATURES : replyStatus('signature'),
    };
  }
  const asker = { accountSid, communityNo, verified: true };
  try {
    const refused = account.refusalOf({ address: request.address, signature });
    return { asker, reply: await answer({ ...account, refused }, fields) };
  } catch (error) {
    throw new FailedRequest(asker, error);
  }
}

function refused(reply: Reply): Unwarned {
  return { asker: null, reply };
}
