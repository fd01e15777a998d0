/** The rules that are checked, each with what it promises (docs/reliability.md, "Why each invariant holds"). */
export const RULES = {
  'no write without a grant': 'nothing is written to a card without a durable grant for its serial',
  'a grant is for one moment': 'a write begins on the connection and the card that asked, within 5 s of asking',
  'journaled first': 'a write is durable in the journal before the first byte, a result before it is told',
  'order of grants': 'at each encoder, writes happen in the order of their grants',
  'own encoders': 'a desk declines nothing but what waits at an encoder that it has alone',
  'encoder stays': 'an encoder does not move to another agent while a grant is open there',
  'one effect': 'an operation writes once',
  'read back': 'succeeded means that the target was read back',
  'true outcome': 'what is recorded of an operation is what happened to the plastic',
  'plastic of its own': 'no two issues that succeeded wrote one card that nobody lifted or cancelled between',
  'read after the question': 'what a reader is told lay there between question and answer',
  'called what it is': 'a card that is read is called blank, whole or damaged, as it is, and never a forgery',
  'no change': 'the plastic is unchanged under rejected, expired and withdrawn',
  'terminal states': 'terminal states do not change',
  'justified unknown': 'unknown only where the card was gone, the agent restarted or the journal lost',
  'justified grant': 'a grant is only given while everything that it rests on still holds',
  'still allowed': 'over /v1 an operation is accepted, and changed, only for whoever may ask for it at that moment',
  fenced: 'an older session changes nothing',
  'told what is durable': 'nothing is said before it is durable',
  'callers were told the truth': 'what a caller was told stays true',
  'callers are told in time': 'a caller that waits hears of the end soon after it is durable',
  'database agrees with plastic': 'the database agrees with the plastic wherever it says that it knows',
  doors: 'a card that was issued opens its room from its begin on, and those of earlier guests no longer do',
  copies:
    'a set makes no more cards than asked for, one after the other, and none once it was stopped or the server restarted',
  journals:
    'the cursor follows one chain up to the first open write; no journal is given up without a fault, or comes back',
  'no false restore': 'operations are held only after a restore',
  'audit chain': 'the audit log verifies',
  settled: 'after the troubles, everything is settled',
  alive: 'without troubles, what is asked for with the right card there succeeds',
  'no bug': 'nothing fails unexpectedly',
  'same again': 'the same seed gives the same history',
} as const;
export type Rule = keyof typeof RULES;

export interface Violation {
  readonly rule: Rule;
  readonly text: string;
  /** Virtual milliseconds. */
  readonly at: number;
}

/** Takes the first violation; a run ends with it. */
export interface Verdict {
  fail(rule: Rule, text: string): void;
  violation(): Violation | null;
}

export function openVerdict(now: () => number): Verdict {
  let first: Violation | null = null;
  return {
    fail(rule, text) {
      first ??= { rule, text, at: now() };
    },
    violation: () => first,
  };
}
