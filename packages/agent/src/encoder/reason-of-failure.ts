import type { UnusableReason } from '@keyrack/protocol';
import type { CardErrorCode } from './card-error.ts';

/** What a failure says of the card or the encoder, for whoever waits for them; null where it says nothing of either. */
export function reasonOfFailure(code: CardErrorCode): UnusableReason | null {
  switch (code) {
    case 'reader-busy':
      return 'encoder-in-use';
    case 'reader-gone':
      return 'encoder-offline';
    case 'reader-hung':
      return 'encoder-hung';
    case 'reader-unfit':
      return 'encoder-unfit';
    case 'encoder-closed':
      return null;
    case 'no-card':
    case 'card-gone':
    case 'authentication-failed':
    case 'read-failed':
    case 'write-protected':
    case 'write-failed':
      return 'card-not-answering';
  }
}
