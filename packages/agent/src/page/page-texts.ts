import type { Chip, UnusableReason } from '@keyrack/protocol';
import type { EncoderState, RecentOperation, RecentOutcome } from '../desk/index.ts';
import type { LinkStatus, ObstacleCause } from '../link/index.ts';
import type { UpdateCause, UpdatesState } from '../update/index.ts';
import type { SignInField } from './page-actions.ts';
import type { Language } from './page-language.ts';

type Kind = RecentOperation['kind'];
type Trouble = Exclude<LinkStatus['status'], 'online'> | 'no-agent' | 'elsewhere';

/** A heading with a sentence that says what to do. */
export interface Advice {
  readonly title: string;
  readonly text: string;
}

/** Everything that the page says, in one language. `{…}` is filled in by the page. */
export interface PageTexts {
  readonly title: string;
  readonly noScript: string;
  /** The switch to the other language, named in that language. */
  readonly otherLanguage: { readonly language: Language; readonly name: string };
  readonly connection: Readonly<Record<LinkStatus['status'] | 'no-agent' | 'elsewhere', string>>;
  /** What is said at the top while not all is well: of the server's connection, or of this page's own. */
  readonly trouble: Readonly<Record<Trouble, Advice>>;
  /** By what keeps the agent from its server. Where none is here, the page shows the English that came with it. */
  readonly obstacles: Readonly<Partial<Record<ObstacleCause, string>>>;
  /** What answered instead, behind such a text. */
  readonly answer: string;
  readonly retry: string;
  readonly reason: string;
  readonly useHere: string;

  readonly encoders: string;
  /** What to do at a desk without an encoder: where readers are used as they are plugged in, and where none is. */
  readonly noEncoders: Readonly<Record<'plug-in' | 'start-with-readers', Advice>>;
  readonly forSignedIn: string;
  /** An encoder that nothing can be done with. */
  readonly broken: Readonly<Record<Extract<EncoderState['condition'], 'hung' | 'closed'>, string>>;
  /** Why nothing can be done with what lies there. */
  readonly unusable: Readonly<Record<UnusableReason, string>>;
  /** Other front desks have an encoder with the same MAC. */
  readonly disputed: string;
  readonly chips: Readonly<Record<Chip, string>>;
  readonly cardLies: string;
  readonly noCard: string;
  readonly nothingAsked: string;
  /** What the person is asked to do; with the card's number, and where any card will do. */
  readonly ask: { readonly card: string; readonly anyCard: string };
  /** What it is for. */
  readonly purpose: Readonly<Record<Kind, string>>;
  readonly room: string;
  readonly working: string;
  readonly writing: string;
  readonly secondsLeft: string;
  readonly decline: string;
  /** The same for a screen reader, which hears it without seeing which encoder it belongs to. */
  readonly declineLabel: string;

  readonly member: string;
  readonly signedInAs: string;
  readonly signedInHint: string;
  readonly signOut: string;
  readonly signedOut: string;
  readonly signedOutHint: string;
  /** Why a sign-in ended, with the time. */
  readonly signInEnded: string;
  readonly signInBy: { readonly legend: string; readonly mobile: string; readonly email: string };
  readonly fields: Readonly<Record<SignInField, string>>;
  readonly problems: Readonly<Record<SignInField, string>>;
  readonly signIn: string;
  readonly signingIn: string;
  readonly notSent: string;

  readonly attention: string;
  readonly nothingToAttend: string;
  readonly check: Readonly<Record<'unknown' | 'damaged', Advice>>;

  /** Of this program's own version. */
  readonly updates: {
    readonly title: string;
    readonly runs: string;
    readonly offered: string;
    readonly newest: string;
    readonly look: string;
    readonly begin: string;
    readonly automatic: string;
    readonly automaticHint: string;
    readonly doing: Readonly<Record<Exclude<UpdatesState['doing'], 'nothing'>, string>>;
    /** What became of the last one. */
    readonly done: string;
    readonly failed: string;
    /** By the code of a cause. Where none is here, the page shows the English sentence that came with it. */
    readonly causes: Readonly<Partial<Record<UpdateCause, string>>>;
  };

  readonly recent: string;
  readonly noRecent: string;
  readonly operation: Readonly<Record<Kind, { readonly card: string; readonly anyCard: string }>>;
  readonly outcomes: Readonly<Record<RecentOutcome, string>>;
  /** What is said where neither server nor card gave a reason. */
  readonly outcomeHints: Readonly<Partial<Record<RecentOutcome, string>>>;
  /** Of an operation that left a card in doubt, which the card isn't any more. */
  readonly settledSince: string;

  /** By the code of a cause. Where none is here, the page shows the English sentence that came with it. */
  readonly causes: Readonly<Record<string, string>>;
}
