import type { ExchangeEnd } from './card-exchange.ts';
import type { RecentOperation } from './encoder-state.ts';

/** How an operation ended or stands, for people. */
export type Ending = Pick<RecentOperation, 'outcome' | 'cause' | 'message'>;

/** What people hear of an exchange; null where the agent tries again by itself. */
export function recentOf(end: ExchangeEnd): Ending | null {
  switch (end.type) {
    case 'recorded':
      return { outcome: 'read', cause: null, message: null };
    case 'refused':
      return { outcome: 'refused', cause: end.cause, message: end.message };
    case 'written':
      return { outcome: end.outcome, cause: null, message: end.detail };
    case 'not-written':
      return { outcome: 'not-written', cause: null, message: end.reason };
    case 'result-not-journaled':
      return { outcome: 'unknown', cause: null, message: end.reason };
    case 'card-failed':
    case 'given-up':
    case 'unexpected-answer':
      return null;
  }
}

/** Whether to pause before the next try: with the same card, one at once would fail the same way. */
export function deservesPause(end: ExchangeEnd): boolean {
  switch (end.type) {
    case 'recorded':
    case 'refused':
    case 'written':
      return false;
    case 'given-up':
      return end.why === 'no-answer' || end.why === 'card-gone';
    case 'not-written':
    case 'result-not-journaled':
    case 'card-failed':
    case 'unexpected-answer':
      return true;
  }
}
