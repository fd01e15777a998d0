import { CardError, type CardErrorCode, isCardError } from '../card-error.ts';

/** What an exception of PC/SC means for the card that was to be opened, or that was open. */
export function cardErrorOf(error: unknown, during: 'connect' | 'exchange'): CardError {
  if (isCardError(error)) return error;
  const pcsc = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const code = codeOf(pcsc, during);
  return new CardError(code, `${MESSAGES[code]} (${pcsc})`);
}

function codeOf(pcsc: string, during: 'connect' | 'exchange'): CardErrorCode & keyof typeof MESSAGES {
  switch (pcsc) {
    case 'NoService':
    case 'ServiceStopped':
    case 'CommError':
    case 'ReaderUnavailable':
    case 'UnknownReader':
    case 'InvalidHandle':
      return 'reader-gone';
    case 'SharingViolation':
      return during === 'connect' ? 'reader-busy' : 'card-gone';
    case 'NoSmartCard':
    case 'UnknownCard':
    case 'UnresponsiveCard':
    case 'UnsupportedCard':
      return during === 'connect' ? 'no-card' : 'card-gone';
    default:
      // RemovedCard, NotTransacted, ResetCard, UnpoweredCard and whatever else: after any error this presence is over.
      return 'card-gone';
  }
}

const MESSAGES = {
  'no-card': 'no card answers on the encoder; lay it flat on the middle',
  'card-gone': 'the card was taken away; put it on the encoder again',
  'reader-gone': 'the encoder was unplugged or the PC/SC service ended; see `keyrack agent readers`',
  'reader-busy': 'another program is using the encoder; close it',
} as const;
