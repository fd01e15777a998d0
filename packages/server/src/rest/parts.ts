import type { Catalogue } from '../downloads/catalogue.ts';
import type { OneTimeLinks } from '../downloads/one-time-links.ts';
import type { Copies } from '../requests/copies.ts';
import type { Operations } from '../requests/operations.ts';
import type { DeskPort, SandboxPort } from '../runtime/agent-port.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { CheckFactor } from '../runtime/factor-guesses.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import type { WayOf } from '../runtime/page-way.ts';
import type { Passkeys } from '../runtime/passkeys.ts';
import type { Passwords } from '../runtime/password.ts';
import type { RackFeeds } from '../runtime/rack-feeds.ts';
import type { RecordNews } from '../runtime/record-news.ts';
import type { Read, Run } from '../runtime/runner.ts';
import type { Sealer } from '../runtime/sealed-secret.ts';
import type { Webhooks } from '../runtime/webhooks/webhooks.ts';
import type { RequestLimits } from './rate-limit.ts';

/** What `main` gives to /v1. */
export interface RestParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly credentials: Credentials;
  readonly checkFactor: CheckFactor;
  readonly passkeys: Passkeys;
  readonly operations: Operations;
  readonly copies: Pick<Copies, 'watch'>;
  readonly addressOf: AddressOf;
  readonly wayOf: WayOf;
  readonly webhooks: Webhooks;
  readonly desks: DeskPort;
  /** The address that people are shown, without a slash at its end. */
  readonly publicUrl: () => string;
  /** What is typed at a front desk to run Keyrack. */
  readonly program: string;
  /** The packages that front desks are installed from. */
  readonly downloads: { readonly catalogue: Pick<Catalogue, 'list'>; readonly links: Pick<OneTimeLinks, 'make'> };
  readonly sandbox: SandboxPort;
  readonly news: Pick<RecordNews, 'watch'>;
  readonly rackFeeds: Pick<RackFeeds, 'follow' | 'rack'>;
  /** What fails before a credential was recognised. */
  readonly failures: FailureLog;
  readonly log: ServerLog;
  /** Those of `REQUEST_LIMITS` that differ. */
  readonly requestLimits?: RequestLimits | undefined;
  /** Tests do: an answer that isn't as its endpoint says is the server's failure. */
  readonly checksAnswers: boolean;
}

/** What an endpoint's `handle` may use. It changes nothing but through `change` of its context. */
export type HandlerParts = Omit<RestParts, 'run' | 'checksAnswers' | 'failures' | 'addressOf' | 'wayOf'>;
