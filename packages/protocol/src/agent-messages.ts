import { z } from 'zod';
import { cardContent, reading } from './card-content.ts';
import { cardKey, chip } from './chip.ts';
import { agentId, instanceId, journalId, mac, nonce, operationId, serial } from './identifiers.ts';
import { journalPosition, journalRecord } from './journal-record.ts';
import { sandboxAnswer, sandboxCommand } from './sandbox.ts';
import { unusableReason } from './unusable-reason.ts';

/** Limits of the agent connection, in one place. A message beyond them closes the connection. */
export const AGENT_LIMITS = {
  /** Bytes of one message before the agent has proved who it is. */
  unauthenticatedBytes: 16 * 1024,
  /** Bytes of one message after that: room for a catch-up with 20,000 records. */
  messageBytes: 16 * 1024 * 1024,
  catchUpRecords: 20_000,
  /** Of a journal that is told in several messages, each holds so many: some 2.5 MB, 600 units of an agent's share. */
  partRecords: 5_000,
  encoders: 16,
  /** Of the list of checksums that comes with an offer, in characters: some 60 archives. */
  offerChecksums: 16 * 1024,
  /** Names of other agents that are told of one disputed encoder. */
  disputingAgents: 8,
  /**
   * A grant is obeyed within this time of asking for it, by the agent's monotonic clock (docs/reliability.md, "Why each
   * invariant holds").
   */
  grantWindowMs: 5_000,
  /** Each side sends a ping when it has sent nothing for this long … */
  heartbeatMs: 10_000,
  /** … and gives the connection up when it has heard nothing for this long. */
  silenceMs: 25_000,
} as const;

const text = (max: number) => z.string().max(max);

/** Text that every database can keep: no half of a surrogate pair, no control character. */
const keptText = (max: number) =>
  text(max).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a control character or half of a surrogate pair');

const encoder = z.strictObject({
  mac,
  name: keptText(64),
  /** Marked for card types 2 and 3, whose requests name no encoder. At most one of an agent's encoders. */
  forSignedIn: z.boolean(),
  /** True of one that is made of memory alone. Absent of a real one, and in versions before 4. */
  simulated: z.literal(true).optional(),
});
export type EncoderInfo = z.infer<typeof encoder>;

/** The encoders of one agent. Each MAC names one of them, and one at most is marked. */
export const encoders = z
  .array(encoder)
  .max(AGENT_LIMITS.encoders)
  .refine((all) => new Set(all.map((each) => each.mac)).size === all.length, 'two encoders have the same MAC')
  .refine((all) => all.filter((each) => each.forSignedIn).length < 2, 'more than one encoder is marked forSignedIn');

const proof = z.discriminatedUnion('by', [
  /** Enrolled with a token, as the demo's agent is. 43 characters of base64url: 32 random bytes. */
  z.strictObject({ by: z.literal('token'), token: z.string().regex(/^[0-9A-Za-z_-]{43}$/) }),
  /** Paired: an Ed25519 signature (base64url) over the server's challenge. See `challengeText`. */
  z.strictObject({ by: z.literal('key'), signature: z.string().regex(/^[0-9A-Za-z_-]{86}$/) }),
]);

/** Who signs in at a desk: by mobile with its area code, or by e-mail where there is no mobile. */
export const signInName = {
  areaCode: z.string().regex(/^[0-9]{0,4}$/),
  mobile: z.string().regex(/^[0-9]{0,15}$/),
  email: keptText(254),
};
/** md5 of the password in hex, as the room-card API sends it too. */
export const passwordMd5 = z.string().regex(/^[0-9a-f]{32}$/);

/** What an agent says. */
export const agentMessage = z.discriminatedUnion('type', [
  /** First message of a new agent: trades a one-time code for an identity of its own. */
  z.strictObject({
    type: z.literal('pair'),
    protocol: z.int(),
    code: z.string().regex(/^[0-9A-Z]{8}$/),
    publicKey: z.string().regex(/^[0-9A-Za-z_-]{43}$/),
    /** Of the agent's computer. */
    name: keptText(64),
    /** Who its folder says that it is, where it was paired before: only a code that replaces that agent is taken. */
    known: agentId.optional(),
  }),
  /**
   * First message of a known agent. Takes its next session number, and nothing more: what it tells counts when
   * `catch-up` follows, for it may come late, when the agent has given the connection up. Servers of every version read
   * it, to know who is too old or too new for them: fields may be added, and none changed.
   */
  z.object({
    type: z.literal('hello'),
    /** That of the challenge; where this agent doesn't speak that, the newest that it does. */
    protocol: z.int(),
    agent: agentId,
    proof,
    instance: instanceId,
    software: keptText(40),
    journal: z.strictObject({ id: journalId, head: journalPosition }),
    /** The last position that the server acknowledged in this journal, as far as the agent knows. */
    acknowledged: journalPosition.nullable(),
    encoders,
  }),
  /** Answers `cursor`: every record behind it, and the nonces whose grants are being carried out this moment. */
  z.strictObject({
    type: z.literal('catch-up'),
    records: z.array(journalRecord).max(AGENT_LIMITS.catchUpRecords),
    inProgress: z.array(z.strictObject({ nonce, operation: operationId })).max(AGENT_LIMITS.encoders),
    /** Encoders whose card was lifted since this agent last wrote there. From version 2 on. */
    lifted: z.array(mac).max(AGENT_LIMITS.encoders).optional(),
  }),
  /**
   * Answers `cursor` where more records lie behind it than one message should hold: the first of them. The server answers
   * with the next `cursor`, as far as it has come. From version 3 on.
   */
  z.strictObject({
    type: z.literal('records'),
    records: z.array(journalRecord).min(1).max(AGENT_LIMITS.partRecords),
    /** Writes among these whose results the journal doesn't hold at all, and that no later write of theirs follows. */
    unfinished: z.array(nonce).max(AGENT_LIMITS.partRecords),
    inProgress: z.array(z.strictObject({ nonce, operation: operationId })).max(AGENT_LIMITS.encoders),
  }),
  z.strictObject({ type: z.literal('encoders'), encoders }),
  /** A card was opened for this agent alone: may I have its keys? `operation` is null to settle an earlier one. */
  z.strictObject({
    type: z.literal('open'),
    nonce,
    operation: operationId.nullable(),
    encoder: mac,
    serial,
    chip,
  }),
  /** The card's content, read with those keys: may I carry the operation out? */
  z.strictObject({ type: z.literal('present'), nonce, operation: operationId, serial, content: reading }),
  /** The card's content, read to settle earlier operations. */
  z.strictObject({ type: z.literal('reading'), nonce, serial, content: reading }),
  /** A grant that wasn't obeyed: nothing was written and nothing will be. */
  z.strictObject({ type: z.literal('not-written'), nonce, operation: operationId, reason: text(200) }),
  /** Records behind the last acknowledged one, as they come. */
  z.strictObject({
    type: z.literal('report'),
    records: z.array(journalRecord).min(1).max(AGENT_LIMITS.catchUpRecords),
  }),
  /**
   * Since this agent last wrote at this encoder, its field was seen empty, or another serial twice. An error, a reset or
   * a reader that was away is no lifting. From version 2 on.
   */
  z.strictObject({ type: z.literal('lifted'), encoder: mac }),
  /**
   * What lies there can't be used for this operation, or the encoder can't be; null once it can. From version 3 on. The
   * operation stays as it is: another card may come.
   */
  z.strictObject({
    type: z.literal('unusable'),
    operation: operationId,
    encoder: mac,
    reason: unusableReason.nullable(),
  }),
  /** The person at the desk declines what is asked. */
  z.strictObject({ type: z.literal('decline'), operation: operationId }),
  z.strictObject({
    type: z.literal('sign-in'),
    request: z.int().min(0),
    ...signInName,
    password: passwordMd5,
  }),
  z.strictObject({ type: z.literal('sign-out'), request: z.int().min(0) }),
  /** Answers `sandbox`. */
  z.strictObject({ type: z.literal('sandbox'), request: z.int().min(0), answer: sandboxAnswer }),
  /** Which version of the agent's program is offered for this system, by the name that archives have for it? From version 5 on. */
  z.strictObject({
    type: z.literal('ask-offer'),
    request: z.int().min(0),
    system: z.string().regex(/^[0-9a-z-]{1,20}$/),
  }),
  /** This agent tried a version and went back to the one before. From version 5 on. */
  z.strictObject({
    type: z.literal('update-failed'),
    version: keptText(40),
    cause: z.string().regex(/^[a-z-]{1,40}$/),
    why: keptText(300),
  }),
  /** The signed-in member was active at this computer: the idle limit starts anew. */
  z.strictObject({ type: z.literal('activity') }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type AgentMessage = z.infer<typeof agentMessage>;

const member = z.strictObject({ name: text(64) });

/** An archive that a server offers. Nothing of it is believed but what is signed: the agent checks it. */
const offeredArchive = z.strictObject({
  name: text(100),
  bytes: z.int().min(1),
  /** The texts of SHA256SUMS and of its signature, as minisign makes one; null where nobody signed. */
  checksums: text(AGENT_LIMITS.offerChecksums),
  signature: text(1_000).nullable(),
  /** Where on the same server it is, for one download. */
  path: text(500),
});
export type OfferedArchive = z.infer<typeof offeredArchive>;

/** What the server says. */
export const serverMessage = z.discriminatedUnion('type', [
  /**
   * First message on every connection: what a paired agent signs. Agents of every version read it: fields are added only
   * for those that speak a version that has them, since agents before version 5 refuse what they don't know.
   */
  z.object({
    type: z.literal('challenge'),
    /** The version that both speak. Where there is none, the server's that is nearest: the agent can't go on. */
    protocol: z.int(),
    challenge: z.string().regex(/^[0-9A-Za-z_-]{43}$/),
    /** The server's program, e.g. `0.2.0`. From version 5 on. */
    version: text(40).optional(),
  }),
  z.strictObject({ type: z.literal('paired'), agent: agentId, property: text(64) }),
  /** This connection is over, and why. `retry` false: connecting again is useless until a person acts. */
  z.strictObject({ type: z.literal('refused'), cause: text(40), message: text(300), retry: z.boolean() }),
  /** Answers `hello`: what lies behind this position of the journal is new to the server. */
  z.strictObject({ type: z.literal('cursor'), session: z.int().min(1), position: journalPosition }),
  /** Answers `catch-up`: the server can't go on from this journal. Set it aside, begin a new one, connect again. */
  z.strictObject({ type: z.literal('replace-journal') }),
  /** Caught up: prompts may follow. */
  z.strictObject({ type: z.literal('welcome'), session: z.int().min(1), signedIn: member.nullable() }),
  /** Please carry this out when the right card lies there. Binds nobody: it may be late, lost or repeated. */
  z.strictObject({
    type: z.literal('prompt'),
    operation: operationId,
    encoder: mac,
    kind: z.enum(['issue', 'read', 'cancel']),
    /** The card that is wanted, or null for any. */
    serial: serial.nullable(),
    room: text(64).nullable(),
    /** How long the server still waits for a card, in milliseconds from now. */
    remainingMs: z.int().min(0),
  }),
  /** No longer wanted: its time is over, or it was ended. */
  z.strictObject({ type: z.literal('withdraw'), operation: operationId, cause: text(40), message: text(300) }),
  /** Keys that open the one card of that nonce, newest version first; the card is written under the first. */
  z.strictObject({
    type: z.literal('keys'),
    nonce,
    keys: z.array(cardKey).min(1).max(2),
    /** Which of them to try first, counted from 0, or the factory's; where nobody knows, absent. From version 3 on. */
    likely: z.union([z.literal('factory'), z.int().min(0).max(1)]).optional(),
  }),
  /** The durable word that `target` may now be written to this card over `before`. */
  z.strictObject({
    type: z.literal('grant'),
    nonce,
    operation: operationId,
    serial,
    before: cardContent,
    target: cardContent,
  }),
  /** `card-changes`: not this card, don't ask with it again. `next-prompt`: not now, wait to be asked again. */
  z.strictObject({
    type: z.literal('refuse'),
    nonce,
    until: z.enum(['card-changes', 'next-prompt']),
    cause: text(40),
    message: text(300),
  }),
  /** `present` of a read, or a `reading`, was recorded. */
  z.strictObject({ type: z.literal('recorded'), nonce }),
  /** The serials whose content the server needs to know to settle earlier operations; replaces the list before. */
  z.strictObject({ type: z.literal('settle'), serials: z.array(serial).max(1_000) }),
  /**
   * The encoders of this agent that another one of the property names too, by the same MAC. Nothing is asked for there
   * until one of them doesn't. Replaces the list before; empty at first. From version 3 on.
   */
  z.strictObject({
    type: z.literal('disputes'),
    disputes: z
      .array(z.strictObject({ encoder: mac, others: z.array(text(64)).max(AGENT_LIMITS.disputingAgents) }))
      .max(AGENT_LIMITS.encoders),
  }),
  /** To do with a simulated encoder; answered by the same name. From version 4 on. */
  z.strictObject({ type: z.literal('sandbox'), request: z.int().min(0), encoder: mac, command: sandboxCommand }),
  /**
   * Those of this agent's encoders that people called otherwise at the server, or for which they chose otherwise whether they
   * serve card types 2 and 3. It is for the person at the desk. Replaces the list before; empty at first. From version 4 on.
   */
  z.strictObject({
    type: z.literal('called'),
    encoders: z
      .array(z.strictObject({ encoder: mac, name: text(64), forSignedIn: z.boolean() }))
      .max(AGENT_LIMITS.encoders),
  }),
  /** Answers `ask-offer`; null where nothing is offered for that system. From version 5 on. */
  z.strictObject({ type: z.literal('offer'), request: z.int().min(0), archive: offeredArchive.nullable() }),
  /** Everything up to here is durable at the server. */
  z.strictObject({ type: z.literal('acknowledge'), position: journalPosition }),
  /** Who is signed in at this agent now; answers a request where `request` is set. */
  z.strictObject({
    type: z.literal('signed-in'),
    request: z.int().min(0).nullable(),
    member: member.nullable(),
    /** Why a sign-in was refused or ended: a code where there is one, and a sentence for people. */
    cause: text(40).optional(),
    message: text(300).nullable(),
  }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** What a paired agent signs to prove its key: the challenge can't be another server's, nor for another purpose. The
 * number is that of this text's form, in every version of the messages. */
export function challengeText(agent: string, challenge: string): string {
  return `keyrack agent 1 ${agent} ${challenge}`;
}
