import type { OperationId } from '@keyrack/protocol';
import type { Cause } from '../domain/causes.ts';
import type { Operation } from '../domain/operation.ts';
import type { Account } from '../domain/people.ts';
import { isWithin } from '../runtime/client-address.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { OpenSecret } from '../runtime/opened-secrets.ts';
import type { Read } from '../runtime/runner.ts';
import { PURPOSE } from '../runtime/sealed-secret.ts';
import type { WrongSignatures } from '../runtime/wrong-signatures.ts';
import type { AcceptResult } from '../transactions/accept/accept-request.ts';
import type { AnswerWith, AskedHow, CardRequest, CardRequests } from './answers.ts';
import { type Carried, type CarryParts, carryOut } from './carry-out.ts';
import { createHeardCallers } from './heard-callers.ts';
import { listRecords } from './list-records.ts';

/** How long things wait. Milliseconds. */
export interface Waits {
  /** For a card on the encoder: from acceptance to deadline. */
  readonly cardMs: number;
  /** For an answer to the caller; longer than `cardMs`, so that an open outcome is rare. */
  readonly answerMs: number;
  /** A sign-in without activity for this long has ended. */
  readonly signInIdleMs: number;
}

export interface CardRequestsParts extends Omit<CarryParts, 'callers' | 'heardCallers' | 'stopping'> {
  readonly read: Read;
  readonly credentials: Pick<Credentials, 'checkMember'>;
  readonly wrongSignatures: WrongSignatures;
  readonly openSecret: OpenSecret;
  readonly newId: () => string;
  readonly waits: Waits;
  /** Told of what failed while nobody waited for it. */
  readonly onError: (error: unknown) => void;
}

export function createCardRequests(parts: CardRequestsParts): CardRequests & { stopWaiting(): void } {
  const { run, read, credentials, wrongSignatures, openSecret, clock, waits } = parts;
  const stopping = new AbortController();
  const heardCallers = createHeardCallers(run, clock, parts.onError);
  const carryParts: CarryParts = { ...parts, callers: new Map(), heardCallers, stopping: stopping.signal };

  /** The part that every request has in common, as a transaction wants it. */
  const inputOf = ({ propertyId, accountSid, member, encoder, request }: CardRequest) => {
    const now = clock.now();
    return {
      id: parts.newId() as OperationId,
      now,
      deadline: now + waits.cardMs,
      idleMs: waits.signInIdleMs,
      propertyId,
      accountSid,
      memberId: member.id,
      memberVersion: member.version,
      encoder,
      request,
    };
  };
  const carry = <Value>(
    hungUp: AbortSignal,
    accept: (again: boolean) => Promise<AcceptResult>,
    tellSuccess: (operation: Operation, joined: boolean) => Promise<Value>,
  ) => carryOut(carryParts, accept, hungUp, tellSuccess);

  return {
    async findAccount(sid) {
      const account = await read('findAccount', { sid });
      if (account === null) return undefined;
      const open = (sealed: string) => Buffer.from(openSecret(sealed, PURPOSE.accountToken)).toString('utf8');
      const { name, state, sealedToken, previousToken, previousUntil } = account;
      const signsToo = previousToken !== null && clock.now() < (previousUntil ?? 0);
      return {
        sid: account.sid,
        name,
        suspended: state === 'suspended',
        token: open(sealedToken),
        previousToken: signsToo ? open(previousToken) : null,
        refusalOf: (asked) => refusalOfAccount(account, asked),
      };
    },
    async findProperty(accountSid, number) {
      return (await read('findProperty', { accountSid, number })) ?? undefined;
    },
    checkMember: (propertyId, sid, creator, passwordMd5) =>
      credentials.checkMember(propertyId, { by: 'account', sid }, creator, passwordMd5),
    countWrongSignature: wrongSignatures.add,
    async cancelCard(request, hungUp) {
      const { serial, cardType } = request;
      const input = { ...inputOf(request), serial, cardType };
      const accept = (again: boolean) => run('acceptCancel', { ...input, again });
      return (await carry(hungUp, accept, async () => null)).answer;
    },
    async readCard(request, hungUp) {
      const { cardType } = request;
      const input = { ...inputOf(request), cardType };
      const accept = (again: boolean) => run('acceptRead', { ...input, again });
      const carried = await carry(hungUp, accept, async ({ propertyId, id, serial, reading }) => {
        if (serial === null || reading === null) throw new Error(`read ${id} succeeded without a reading`);
        return { serial, card: await read('describeCard', { propertyId, serial, reading, now: clock.now() }) };
      });
      return withValue(carried);
    },
    async issueCard(request, hungUp) {
      const { member: _member, ...wanted } = request;
      const input = { ...wanted, ...inputOf(request), recordId: parts.newId() };
      const accept = (again: boolean) => run('acceptIssue', { ...input, again });
      const issued = await carry(hungUp, accept, async ({ propertyId, id, serial, recordId, settledAt }, joined) => {
        if (serial === null || recordId === null) throw new Error(`issue ${id} succeeded without a card`);
        const superseded = await read('listSuperseded', { propertyId, operation: id });
        return { serial, recordId, superseded, writtenBefore: joined ? settledAt : null };
      });
      return withValue(issued);
    },
    listEncoders: (propertyId) => read('listEncoders', { propertyId }),
    listRooms: (propertyId) => read('listRooms', { propertyId }),
    listRecords: (query) => listRecords(read, query),
    /** The server stops: every caller that still waits is told that the outcome is open. */
    stopWaiting: () => {
      stopping.abort();
      heardCallers.stop();
    },
  };
}

function refusalOfAccount({ roomCardApi, addressRanges, signatureA }: Account, asked: AskedHow): Cause | null {
  if (!roomCardApi) return 'room-card-api-off';
  if (addressRanges.length > 0 && !isWithin(addressRanges, asked.address)) return 'address-not-allowed';
  return asked.signature === 'A' && !signatureA ? 'signature-a-off' : null;
}

function withValue<Value>({ answer, value }: Carried<Value>): AnswerWith<Value> {
  if (answer.outcome !== 'succeeded') return answer;
  if (value === null) throw new Error(`operation ${answer.operation} succeeded without anything to tell`);
  return { ...answer, value };
}
