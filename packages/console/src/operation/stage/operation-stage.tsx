import { isProblem } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keyrack } from '../../api/keyrack.ts';
import { explainCause } from '../../cause/explain-cause.ts';
import { useDeskKey } from '../../desk/keys.ts';
import { troubleOf } from '../../encoder/encoder-state.ts';
import { useEncoderAdvice } from '../../encoder/use-encoder-advice.ts';
import { useLiveState } from '../../live/live.tsx';
import { Bones } from '../../page/bones.tsx';
import { Failure } from '../../page/failure.tsx';
import { useSession } from '../../session/session.tsx';
import { useLanguage } from '../../texts/language.tsx';
import { useSigns } from '../../texts/signs.tsx';
import { useTexts } from '../../texts/texts.ts';
import { Copies } from './copies.tsx';
import { Countdown } from './countdown.tsx';
import { useFollowed } from './follow.ts';
import { SimulatedCard } from './simulated-card.tsx';
import { Stage } from './stage.tsx';
import { canWithdraw, copiesOf, type Followed, isUnderWay, type Step, stepOf } from './step.ts';
import * as texts from './texts.ts';

/** What the part around it says besides: about the card that is waited for, the good end, and what to do then. */
export interface StageWords {
  /** Which card is asked for, e.g. those of the stay that didn't come yet. */
  readonly put?: (followed: Followed) => ReactNode;
  readonly ask?: (followed: Followed) => string;
  readonly done: (followed: Followed) => { readonly ask: string; readonly why: ReactNode };
  /** Buttons of a step at which nothing is waited for. */
  readonly buttons: (step: Step, followed: Followed) => ReactNode;
}

/** An operation as it happens, in the place of what asked for it. It says what is true of the card, and what to do. */
export function OperationStage({ id, words }: { readonly id: string; readonly words: StageWords }) {
  const { followed, error } = useFollowed(id);
  if (followed === null) return error ? <Failure error={error} /> : <Bones rows={5} />;
  return (
    <>
      <FollowedStage followed={followed} words={words} />
      {stepOf(followed).kind === 'put' && <SimulatedCard followed={followed} />}
      <Copies followed={followed} />
    </>
  );
}

function FollowedStage({ followed, words }: { readonly followed: Followed; readonly words: StageWords }) {
  const live = useLiveState();
  const told = stepOf(followed);
  // Without news, what was heard last may be long over. Whoever stands there must not act by it.
  const step: Step = live.kind === 'lost' && isUnderWay(told) ? { kind: 'blind' } : told;
  const { ask, why } = useWords(followed, step, words);
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { operation } = followed;
  const trouble = step.kind === 'put' && step.trouble !== null ? troubleWith(step.trouble) : null;
  return (
    <Stage kind={step.kind} ask={ask} why={why} trouble={trouble}>
      {canWithdraw(step) ? (
        <>
          <Countdown operation={operation} />
          <Withdraw followed={followed} />
        </>
      ) : step.kind === 'writing' ? (
        <Countdown operation={operation} />
      ) : step.kind === 'blind' ? null : (
        words.buttons(step, followed)
      )}
    </Stage>
  );

  function troubleWith(cause: string): string {
    return isTrouble(cause) ? t(`trouble.${cause}`) : explainCause(cause, language, operation.explanation);
  }
}

type Trouble = keyof (typeof texts.english)['trouble'];

function isTrouble(cause: string): cause is Trouble {
  return Object.hasOwn(texts.english.trouble, cause);
}

function useWords(
  followed: Followed,
  step: Step,
  words: StageWords,
): { readonly ask: string; readonly why: ReactNode } {
  const t = useTexts(texts);
  const { gap } = useSigns();
  const adviceFor = useEncoderAdvice();
  const { language } = useLanguage();
  const { operation, encoder } = followed;
  const { copy, kind } = operation;
  const names = {
    encoder: encoder?.name ?? operation.encoder.name ?? operation.encoder.mac,
    desk: encoder?.agent?.name ?? operation.encoder.name ?? '',
  };
  const cause = (name: string | null) => (name === null ? '' : explainCause(name, language, operation.explanation));
  const number = copy?.number ?? 1;
  const done = copiesOf(followed).filter(({ state }) => state === 'done').length;
  switch (step.kind) {
    case 'away': {
      const trouble = encoder && troubleOf(encoder);
      if (encoder === null || trouble === null || trouble === 'away')
        return { ask: t('away', names), why: t('awayWhy', names) };
      const { what, advice } = adviceFor(encoder, trouble);
      return { ask: t('unusable', names), why: [what, t('untouched'), advice].join(gap) };
    }
    case 'held':
      return { ask: t('held', names), why: t('heldWhy') };
    case 'blind':
      return { ask: t('blind', names), why: t('blindWhy') };
    case 'preparing':
      return { ask: t('preparing', names), why: t('preparingWhy') };
    case 'queued':
      return { ask: t('queued', names), why: t('queuedWhy', { ahead: step.ahead }) };
    case 'put': {
      const why = kind === 'issue' ? t('putIssue') : kind === 'cancel' ? t('putCancel') : t('putRead');
      const ask =
        copy !== null && copy.of > 1
          ? t('putCopy', { number, of: copy.of, encoder: names.encoder })
          : kind === 'cancel' && operation.serial !== null
            ? t('putSerial', { serial: `…${operation.serial.slice(-4)}`, encoder: names.encoder })
            : t('putOne', names);
      return { ask: words.ask?.(followed) ?? ask, why: words.put?.(followed) ?? why };
    }
    case 'writing':
      return {
        ask: t(kind === 'cancel' ? 'erasing' : 'writing'),
        why: t('writingWhy', { serial: `…${(operation.serial ?? '').slice(-6)}` }),
      };
    case 'between':
      return { ask: t('between', { number }), why: t('betweenWhy') };
    case 'done':
      return words.done(followed);
    case 'stopped':
      return {
        ask: t('stopped', { done, of: copy?.of ?? 1 }),
        why: cause(followed.set?.cause ?? null) || t('stoppedWhy'),
      };
    case 'withdrawn':
      return { ask: t('withdrawn'), why: done > 0 ? t('withdrawnCopies', { done }) : t('withdrawnWhy') };
    case 'failed': {
      const ask =
        kind === 'read'
          ? t('failedRead')
          : kind === 'cancel'
            ? t('failedCancel')
            : copy !== null && copy.of > 1
              ? t('failedCopy', { number })
              : t('failedIssue');
      return { ask, why: cause(step.cause) };
    }
    case 'damaged':
      return { ask: copy === null ? t('damaged') : t('damagedCopy', { number }), why: t('damagedWhy') };
    case 'unknown':
      return {
        ask: copy === null ? t('unknown') : t('unknownCopy', { number }),
        why: `${cause(step.cause)}${gap}${t('unknownWhy')}`,
      };
    case 'written-off':
      return { ask: t('writtenOff'), why: cause('written-off') };
  }
}

/** Takes back what was asked for, as long as that is possible. */
function Withdraw({ followed }: { readonly followed: Followed }) {
  const t = useTexts(texts);
  const { property } = useSession();
  const client = useQueryClient();
  const { operation, set } = followed;
  const withdraw = useMutation({
    mutationFn: async () => {
      if (set !== null) await keyrack.copySets.withdraw({ property: property.id, set: set.id });
      else await keyrack.operations.withdraw({ property: property.id, operation: operation.id });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['operations', property.id] }),
  });
  const press = () => {
    if (!withdraw.isPending) withdraw.mutate();
  };
  useDeskKey('Escape', 'part', press);
  const isFirst = (operation.copy?.number ?? 1) === 1;
  return (
    <>
      <Button size="xs" onClick={press} rightSection={<kbd>Esc</kbd>}>
        {t(isFirst ? 'withdraw' : 'stopHere')}
      </Button>
      {withdraw.error &&
        (isProblem(withdraw.error, 'not-in-this-state') ? <p>{t('tooLate')}</p> : <Failure error={withdraw.error} />)}
    </>
  );
}
