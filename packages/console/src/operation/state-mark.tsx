import type { Operation } from '@keyrack/sdk';
import { Chip } from '../state/chip.tsx';
import { useTexts } from '../texts/texts.ts';
import { LOOKS, seenState } from './operation-state.ts';
import * as texts from './texts.ts';

/** What has become of an operation, in a word with a shape. */
export function StateMark({ operation }: { readonly operation: Pick<Operation, 'state' | 'held' | 'cause'> }) {
  const t = useTexts(texts);
  const state = seenState(operation);
  const { meaning, icon } = LOOKS[state];
  return (
    <Chip meaning={meaning} icon={icon}>
      {state === 'expired' && operation.cause !== 'no-card' ? t('noneFit') : t(`states.${state}`)}
    </Chip>
  );
}

/** What is done: issue, read or cancel, and which card of several. */
export function KindOf({ operation }: { readonly operation: Pick<Operation, 'kind' | 'copy'> }) {
  const t = useTexts(texts);
  const { kind, copy } = operation;
  return (
    <>
      {t(`kinds.${kind}`)}
      {copy !== null && copy.of > 1 && <small> {t('copyOf', { number: copy.number, of: copy.of })}</small>}
    </>
  );
}
