import type { GuessLimits } from './guess-limit.ts';

/** Operations that wait at one encoder behind the one under way (docs/reliability.md, "Why each invariant holds"). */
export const QUEUE_LIMIT = 4;

/** Cards of one room that were issued for later, or are being issued, and haven't begun (docs/cards.md, "Cards for later"). */
export const UPCOMING_OF_A_ROOM = 100;

/** Cards of one issue (docs/cards.md, "Copies"). */
export const COPIES = {
  most: 10,
  /** Where the next one couldn't be accepted for so long, the rest is withdrawn: nobody stands there any more. Milliseconds. */
  gapMs: 60_000,
} as const;

/**
 * How long a repeat of a request tells what became of the first (docs/room-card-api.md, "Open outcomes, repeats and
 * waits"). Milliseconds.
 */
export const REPEAT_WINDOW_MS = 10 * 60_000;

/** How long a failed attempt counts against the way it came by (docs/room-card-api.md, "Failed attempts"). */
export const FAILURES = { windowMs: 15 * 60_000 } as const;

/** Wrong passwords of one member. */
export const PASSWORD_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: { failures: 100, windowMs: 60 * 60_000, leftToEachWay: 1 },
  successMs: 24 * 60 * 60_000,
};

/**
 * Counts that are kept in memory, of each kind; those of names that nobody has are kept apart from members'. With two
 * checks of 20 ms at once, 15 minutes are too short to push a count out.
 */
export const GUESS_COUNTS = 100_000;

/** Passwords that wait for their check; beyond it callers are told to come back. At 20 ms each, some 20 s of work. */
export const PASSWORDS_WAITING = 1_000;

/** How long a checked password is remembered, in memory. Milliseconds. */
export const REMEMBER_PASSWORD_MS = 5 * 60_000;

/**
 * Wrong signatures for one account from one source. Beyond it they get another answer, and a right one gets through.
 * Accounts are counted by the name that is claimed, whether or not it exists.
 */
export const WRONG_SIGNATURES = { most: 100, accountsPerSource: 16, sources: 10_000 } as const;

/** One-time pairing codes (eight characters): how long they last. Milliseconds. */
export const PAIRING = { validMs: 10 * 60_000 } as const;

/** Wrong pairing codes, whichever they are. Only their source is closed: strangers can't close pairing for others. */
export const PAIRING_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: null,
  successMs: 0,
};

/**
 * Wrong ends of codes that begin alike: for whoever has seen how a code begins. No count of all sources: strangers could
 * use up each of the 32,768 beginnings, and whoever mistyped a code once couldn't pair. Of 33 million ends, all sources
 * together can try some 600,000 while a code lasts.
 */
export const PAIRING_CODE_GUESSES: GuessLimits = {
  perWay: { failures: 5, windowMs: PAIRING.validMs },
  overall: null,
  successMs: 0,
};

/** Links of downloads that were never good, whichever they are. Only their source is closed. */
export const LINK_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: null,
  successMs: 0,
};

/** Pairings that are looked up at the same time, and that wait for it. */
export const PAIRINGS = { atOnce: 16, waiting: 1_000 } as const;

/** Limits of a connection on the agents' way: before it has proved who it is, and before its welcome. */
export const STRANGERS = {
  /** Bytes of one connection, frames and all: one message (AGENT_LIMITS.unauthenticatedBytes), and some 40 pings. */
  bytes: 17 * 1024,
  /** From an open connection of an agent until it has proved who it is. The slowest lines take three seconds. */
  proofMs: 10_000,
  /** From then until it is welcome: as long as the agent itself waits, since a long journal comes over a slow line. */
  catchUpMs: 60_000,
  connections: {
    // Of 10,000 agents that come back through one address, each needs its place for the way of two messages: 1.5 s on the
    // slowest lines, and as long again where their computers or this one are busy. So all have had theirs in half a minute.
    perSource: 1_000,
    // 70 MB, if each holds all the bytes that it may.
    overall: 4_000,
    // Those that wait hold their request alone, some 10 KB. More would not get their turn in time.
    waitingPerSource: 3_000,
    waitingOverall: 4_000,
    // Shorter than an agent waits for its connection, so that it hears why.
    waitMs: 10_000,
  },
  /** Frames that are no messages (pings), beyond one in a second, of one connection. No agent sends any. */
  controlFrames: 100,
} as const;

/**
 * What one paired agent may take, however faulty or stolen its computer is. A right agent needs a small part of it.
 * One unit of work takes the database's thread about a millisecond.
 */
export interface AgentQuotas {
  /** Messages of one connection that wait or are worked on. Beyond it the connection ends. */
  readonly waitingMessages: number;
  /** Their characters. */
  readonly waitingBytes: number;
  /** Units that it may take at once … */
  readonly burst: number;
  /** … and that it gains back in a second, up to the burst. Its work waits while it has none. */
  readonly perSecond: number;
  /** Journal records that one transaction takes up; more are taken in pieces, between which others get their turn. */
  readonly recordsAtOnce: number;
}

export const AGENT_QUOTAS: AgentQuotas = {
  // 16 encoders with one question each, what they tell without an answer, a report, a sign-in, pings: some 40.
  waitingMessages: 100,
  // The longest message, which is a catch-up, and what 16 encoders ask beside it.
  waitingBytes: 17 * 1024 * 1024,
  // The longest catch-up takes 4,096; a front desk that was offline for weeks tells it once.
  burst: 5_000,
  // Ten encoders that are never idle send 30 messages a second.
  perSecond: 40,
  // Some 25 ms, which is what others wait for one piece.
  recordsAtOnce: 250,
};

/** What a message takes beside one unit for itself and one for each `bytes` of it. In units. */
export const MESSAGE_WORK = {
  bytes: 4 * 1024,
  /** Proves a key and takes a session number. A right agent connects again at most twice a second. */
  hello: 10,
  /** Each is looked up, and asked for what waits there. */
  encoder: 2,
  /** Writes into the audit log. A person signs in a few times a day. */
  signIn: 20,
} as const;

/** Encoders that are kept of one agent. It has 16 at most; the others are those that it had in the course of years. */
export const ENCODERS_KEPT = 64;

/**
 * What an agent may have recorded for ever that no operation explains: its journal's unknown records, lost journals,
 * encoders that moved, restores that it tells of. Counted by day, since a right agent may need some of it any day.
 */
export const EVIDENCE = {
  windowMs: 24 * 60 * 60_000,
  // After a restore that nobody told of, each of 16 encoders may have one write and its result unknown here: 32. A hub
  // with 16 encoders that is carried to another desk makes 16, ten times a day 160.
  units: 500,
  /** Records that are expected after a restore: a desk that makes 500 cards a day has written as many in 200 days. */
  expected: 200_000,
  /** A told restore holds up every property, so that an agent tells of few: five a day. */
  restore: 100,
} as const;

/**
 * How long an agent that isn't connected may be about to come back, so that nobody is told yet that its encoders are
 * offline. Milliseconds.
 */
export const AGENT_RETURN = {
  /** Since its connection ended: a network that faltered, or a program that was started anew. */
  sinceConnectionMs: 3_000,
  /**
   * Since the server's start. Agents pause for at most 8 s between tries (docs/desk-pc.md, "When something doesn't work").
   */
  sinceStartMs: 10_000,
  /** What an operation needs of its own wait, at least, when the agent comes back at the last moment. */
  leftForCardMs: 250,
} as const;

/** Front desks that are offline for long (docs/server.md, "What rings"). How long that is, is a setting. Milliseconds. */
export const AGENT_ABSENCE = {
  /** From the server's start to the first look: 10,000 agents come back in half a minute. */
  firstLookMs: 2 * 60_000,
  lookEveryMs: 15_000,
  /** Absences that one transaction judges. */
  atOnce: 100,
} as const;

/** A disk that is nearly full (docs/server.md, "What rings"). */
export const DISK_ALARM = {
  /** Of the disk that must be free, unless a setting says it … */
  part: 0.1,
  /** … but no more than this: the database of 200 rooms grows by less in ten years. Bytes. */
  mostBytes: 5 * 1024 ** 3,
  /** How much more than that must be free for it to be well again. */
  wellAgain: 1.5,
  /** Milliseconds. */
  firstLookMs: 10_000,
  lookEveryMs: 60_000,
  /** Properties whose logs one transaction writes to. */
  propertiesAtOnce: 100,
} as const;

/** By how much a stamp may lie in the future: clocks are put right by a little now and then. Milliseconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Characters of a password that people choose. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

/** How long an account's token before still signs, beside the new one. Milliseconds. */
export const TOKEN_OVERLAP = { usualMs: 24 * 60 * 60_000, mostMs: 90 * 24 * 60 * 60_000 } as const;

/** Links by which a member sets their password. Milliseconds. */
export const PASSWORD_LINKS = { usualMs: 72 * 60 * 60_000, mostMs: 30 * 24 * 60 * 60_000 } as const;

/** Links by which the demonstration signs a newcomer in: each start makes a new one. Milliseconds. */
export const SIGN_IN_LINKS = { validMs: 24 * 60 * 60_000 } as const;

/** What a server asks of simulated encoders. */
export const SANDBOX = {
  /** How long an agent may take to answer. It does nothing but memory and a small file. Milliseconds. */
  answerMs: 5_000,
  /** Questions to one agent that wait for their answers at once. */
  atOnce: 16,
} as const;

/** The deletion of guests' data. */
export const GUEST_DATA = {
  /** Days for which it may be kept, at the most. */
  mostDays: 3_650,
  /** Records of one guest that are deleted together. */
  ofOneGuest: 1_000,
  /** Records that one step of the sweep deletes, so that cards wait for no more than that. */
  atOnce: 100,
} as const;

/** Sessions of people at /v1: as long as a shift, and no longer unused than somebody is away for. Milliseconds. */
export const SESSIONS = {
  idleMs: 60 * 60_000,
  longestMs: 12 * 60 * 60_000,
  /** How long one that is half open waits for the second factor. */
  halfOpenMs: 5 * 60_000,
  /** Of one member or person; a further one ends the oldest. */
  ofEach: 20,
  /** Ended ones that a new one removes: more than one, so that they don't pile up. */
  removedAtOnce: 20,
} as const;

/** One-time codes of authenticator apps, as every app takes them (RFC 6238), and the codes that stand in for them. */
export const FACTORS = {
  stepMs: 30_000,
  digits: 6,
  /** Steps by which an app's clock may be off, each way. */
  drift: 1,
  recoveryCodes: 10,
} as const;

/** Passkeys of one person, and how long somebody may take to show one. Milliseconds. */
export const PASSKEYS = { ofEach: 10, challengeMs: 5 * 60_000 } as const;

/**
 * Wrong one-time codes of one person, by whoever knows the password. Three of a million are right at each moment. So one way gets
 * five an hour, and ways without a late success get 50 a day together: one day of guessing gets one of 7,000 in.
 */
export const CODE_GUESSES: GuessLimits = {
  perWay: { failures: 5, windowMs: 60 * 60_000 },
  overall: { failures: 50, windowMs: 24 * 60 * 60_000, leftToEachWay: 0 },
  successMs: 24 * 60 * 60_000,
};

/** Wrong recovery codes of one person. They have 80 bits: no count of all ways could protect more than it locks out. */
export const RECOVERY_GUESSES: GuessLimits = {
  perWay: { failures: 10, windowMs: FAILURES.windowMs },
  overall: null,
  successMs: 0,
};

/** Requests of /v1 with an `Idempotency-Key`. Milliseconds. */
export const REPEATS = {
  /** How long a repeat is told what the first led to. */
  keptMs: 24 * 60 * 60_000,
  /** How long it is shown a secret that the first one's answer showed. */
  secretMs: 10 * 60_000,
  /** Old ones that a new one forgets, of each kind: more than one, so that they don't pile up. */
  forgottenAtOnce: 20,
} as const;

/**
 * What one answer of statistics counts. A house of 1,000 rooms has some 60,000 operations in a month; what is beyond is left
 * out, the oldest first, and the answer says so.
 */
export const STATISTICS = { days: 31, operations: 100_000 } as const;
